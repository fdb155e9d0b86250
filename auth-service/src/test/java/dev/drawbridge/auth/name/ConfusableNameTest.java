package dev.drawbridge.auth.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

class ConfusableNameTest {
    private static final SpoofChecker ICU =
            new SpoofChecker.Builder()
                    .setChecks(SpoofChecker.RESTRICTION_LEVEL)
                    .setRestrictionLevel(RestrictionLevel.HIGHLY_RESTRICTIVE)
                    .build();

    private static final String MANY_SCRIPTS = "abéß\u0436\u0439αω漢字ひらカタ한국ㄅㄆאב07._";

    /// Letters and digits of the first plane, as code points.
    private static final List<Integer> LETTERS =
            java.util.stream.IntStream.range('0', 0x10000)
                    .filter(Character::isLetterOrDigit)
                    .boxed()
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "admin, \u0430dmin",
        "paypal, \u0440\u0430\u0443\u0440\u0430l",
        "kim1, kiml",
        "scope, \u0455\u0441\u043e\u0440\u0435",
        "barn, bam",
        "r00t, root"
    })
    void looks_like_another(String one, String other) {
        assertThat(skeleton(one)).isEqualTo(skeleton(other));
    }

    @ParameterizedTest
    @CsvSource({"kim, tim", "store1, store2", "straße, strasse-", "\u0438\u0432\u0430\u043d, ivan"})
    void looks_like_itself(String one, String other) {
        assertThat(skeleton(one)).isNotEqualTo(skeleton(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0430dmin", "kim\u03bf", "ivan\u0438\u0432\u0430\u043d", "\u05d0bc"})
    void mixes_no_scripts_that_no_writing_mixes(String text) {
        assertThatThrownBy(() -> Name.username("username", text))
                .hasMessageContaining("must not mix scripts");
        assertThatThrownBy(() -> Name.label("name", text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0438\u0432\u0430\u043d", "日本語ひらカタabc", "한국漢字", "é.novak-7", "ιωάννης"})
    void may_be_of_any_writing(String text) {
        assertThatCode(() -> Name.username("username", text)).doesNotThrowAnyException();
    }

    @Test
    void may_have_words_of_different_writings_where_there_are_words() {
        assertThatCode(() -> Name.label("name", "\u041e\u0442\u0434\u0435\u043b IT"))
                .doesNotThrowAnyException();
    }

    @Test
    void has_the_skeleton_that_icu_computes() {
        qt().withExamples(20_000)
                .forAll(names(LETTERS, 12))
                .assuming(text -> Name.find(text).isPresent())
                .check(text -> {
                    String key = Name.find(text).orElseThrow().key();
                    String icus = ICU.getSkeleton(key).toLowerCase(Locale.ROOT);
                    return Confusables.skeleton(key)
                            .equals(Normalizer.normalize(icus, Normalizer.Form.NFD));
                });
    }

    /// As the migration computes it for plain names that are there already.
    @Test
    void has_a_skeleton_that_is_easy_to_tell_where_it_is_plain() {
        List<Integer> plain =
                "0123456789._@+-abcdefghijklmnopqrstuvwxyz".codePoints().boxed().toList();

        qt().forAll(names(plain, 20))
                .check(text ->
                        skeleton(text)
                                .equals(
                                        text.replace('0', 'o')
                                                .replace('1', 'l')
                                                .replace("m", "rn")));
    }

    @Test
    void mixes_scripts_just_where_icu_says_so() {
        List<Integer> letters = MANY_SCRIPTS.codePoints().boxed().toList();

        qt().withExamples(20_000)
                .forAll(names(letters, 4))
                .check(text -> Confusables.mixesScripts(text) == ICU.failsChecks(text));
    }

    private static Gen<String> names(List<Integer> letters, int longest) {
        return lists().of(integers().between(0, letters.size() - 1))
                .ofSizeBetween(1, longest)
                .map(indexes ->
                        indexes.stream()
                                .map(index -> Character.toString(letters.get(index)))
                                .collect(Collectors.joining()));
    }

    private static String skeleton(String text) {
        return Name.find(text).orElseThrow().skeleton();
    }
}
