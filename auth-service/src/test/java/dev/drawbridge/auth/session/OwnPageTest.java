package dev.drawbridge.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.core.Gen;

import java.util.Arrays;
import java.util.List;

class OwnPageTest {
    private static final int CASES = 50_000;
    private static final String ABSENT = "-";
    private static final Gen<String> METHODS =
            oneOf("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "get", "TRACE", "X");
    private static final Gen<String> MARKERS = oneOf(ABSENT, "", " ", "1");
    private static final Gen<String> SITES =
            oneOf(ABSENT, "same-origin", "same-site", "cross-site", "none", "SAME-ORIGIN", "");
    private static final Gen<String> ORIGINS =
            oneOf(
                    ABSENT,
                    "https://app.example",
                    "http://app.example",
                    "https://APP.example",
                    "https://app.example:8443",
                    "https://app.example.evil.example",
                    "https://evil.example/app.example",
                    "https://app.example@evil.example",
                    "https://evil.example https://app.example",
                    "null",
                    "",
                    "app.example");

    @Test
    void never_takes_a_cookie_from_another_site_for_what_may_change_something() {
        qt().withExamples(CASES)
                .forAll(METHODS, MARKERS, SITES, ORIGINS)
                .checkAssert((method, marker, site, origin) -> {
                    boolean safe = List.of("GET", "HEAD", "OPTIONS").contains(method);
                    boolean told =
                            site.equals("same-origin")
                                    || (site.equals(ABSENT) && !origin.equals(ABSENT));
                    boolean ownOrigin =
                            origin.equals(ABSENT)
                                    || List.of(
                                                    "https://app.example",
                                                    "http://app.example",
                                                    "https://APP.example")
                                            .contains(origin);

                    assertThat(page(method, marker, site, origin).mayUseCookie(List.of()))
                            .isEqualTo(safe || (marker.equals("1") && told && ownOrigin));
                });
    }

    @Test
    void takes_only_configured_origins_where_there_are_any() {
        qt().withExamples(CASES)
                .forAll(MARKERS, SITES, ORIGINS)
                .assuming((_, _, origin) -> !origin.equals(ABSENT))
                .checkAssert((marker, site, origin) -> {
                    boolean allowed =
                            page("POST", marker, site, origin)
                                    .mayUseCookie(List.of("https://app.example:8443"));

                    assertThat(allowed)
                            .isEqualTo(
                                    marker.equals("1")
                                            && List.of(ABSENT, "same-origin").contains(site)
                                            && origin.equals("https://app.example:8443"));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, https://app.example, false",
        "https://app.example, https://evil.example, false",
        "https://evil.example, https://app.example, false"
    })
    void takes_no_two_origins(String first, String second, boolean allowed) {
        var page = new OwnPage("POST", "1", "same-origin", List.of(first, second), "app.example");

        assertThat(page.mayUseCookie(List.of())).isEqualTo(allowed);
    }

    @Test
    void takes_nothing_for_a_host_that_is_not_told() {
        var page = new OwnPage("POST", "1", null, List.of("https://app.example"), null);

        assertThat(page.mayUseCookie(List.of())).isFalse();
    }

    private static OwnPage page(String method, String marker, String site, String origin) {
        return new OwnPage(
                method,
                marker.equals(ABSENT) ? null : marker,
                site.equals(ABSENT) ? null : site,
                origin.equals(ABSENT) ? List.of() : List.of(origin),
                "app.example");
    }

    private static Gen<String> oneOf(String... texts) {
        List<String> all = Arrays.asList(texts);
        return integers().between(0, all.size() - 1).map(all::get);
    }
}
