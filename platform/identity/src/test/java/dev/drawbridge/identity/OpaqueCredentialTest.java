package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashSet;
import java.util.Set;

class OpaqueCredentialTest {

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PROVIDER_TOKEN", "DATABASE_LOGIN"})
    void has_its_prefix_43_characters_and_a_checksum_of_6(CredentialType type) {
        String text = OpaqueCredential.generate(type).text();

        assertThat(text).matches(type.prefix() + "[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
        assertThat(OpaqueCredential.parse(text).orElseThrow().type()).isEqualTo(type);
    }

    @Test
    void is_told_from_a_typo_without_a_lookup() {
        String text = OpaqueCredential.generate(CredentialType.API_TOKEN).text();

        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            String typo = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(OpaqueCredential.parse(typo)).as(typo).isEmpty();
        }
    }

    @Test
    void is_not_found_in_other_texts() {
        String text = OpaqueCredential.generate(CredentialType.SESSION).text();

        assertThat(OpaqueCredential.parse("")).isEmpty();
        assertThat(OpaqueCredential.parse("dbs_")).isEmpty();
        assertThat(OpaqueCredential.parse(text + "0")).isEmpty();
        assertThat(OpaqueCredential.parse(text.substring(1))).isEmpty();
        assertThat(OpaqueCredential.parse("dbk_" + text.substring(4))).isEmpty();
        assertThat(OpaqueCredential.parse(" " + text.substring(1))).isEmpty();
        assertThat(OpaqueCredential.parse("d".repeat(1_000_000))).isEmpty();
    }

    @Test
    void is_nothing_that_a_provider_issues() {
        assertThatThrownBy(() -> OpaqueCredential.generate(CredentialType.DATABASE_LOGIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OpaqueCredential.generate(CredentialType.PROVIDER_TOKEN))
                .isInstanceOf(IllegalArgumentException.class);
        String text = OpaqueCredential.generate(CredentialType.SESSION).text();
        assertThat(OpaqueCredential.parse(text.substring(4))).isEmpty();
    }

    @Test
    void is_never_the_same_twice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(OpaqueCredential.generate(CredentialType.SESSION).text())).isTrue();
        }
    }

    @Test
    void does_not_print_its_secret() {
        var credential = OpaqueCredential.generate(CredentialType.API_TOKEN);

        assertThat(credential).hasToString("dbk_…");
    }

    @Test
    void is_stored_as_a_digest_that_depends_on_every_character() {
        var one = OpaqueCredential.generate(CredentialType.API_TOKEN);
        var other = OpaqueCredential.generate(CredentialType.API_TOKEN);

        assertThat(one.sha256()).hasSize(32).isEqualTo(one.sha256()).isNotEqualTo(other.sha256());
    }
}
