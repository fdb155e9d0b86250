package dev.drawbridge.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

class GrammarTest {
    private final Grammar grammar = new Grammar(2);

    @Test
    void reads_a_statement_into_the_tree_that_postgresql_has_of_it() {
        var select = grammar.parse("select a.b from c").statements().at("/0/stmt/SelectStmt");

        assertThat(select.at("/fromClause/0/RangeVar/relname").asText()).isEqualTo("c");
        assertThat(select.at("/targetList/0/ResTarget/val/ColumnRef/fields/1/String/sval").asText())
                .isEqualTo("b");
    }

    @Test
    void reads_names_as_the_server_does() {
        var call =
                grammar.parse("select U&\"set\\005fconfig\"(), \"Set_Config\"(), Set_Config()")
                        .statements();

        assertThat(call.findValuesAsText("sval"))
                .containsExactly("set_config", "Set_Config", "set_config");
    }

    @Test
    void tells_statements_apart() {
        assertThat(grammar.parse("select 1; select ';' ;;").statements()).hasSize(2);
        assertThat(grammar.parse(" -- nothing").statements()).isEmpty();
    }

    @Test
    void says_what_is_wrong_and_where_in_characters() {
        var refused =
                catchThrowableOfType(
                        SyntaxException.class, () -> grammar.parse("select 'äöü𝄞', from where"));

        assertThat(refused).hasMessage("syntax error at or near \"from\"");
        assertThat(refused.position()).isEqualTo(16);
    }

    @Test
    void counts_places_in_characters() {
        ParseTree tree = grammar.parse("select 'äöü𝄞', x");
        int location = tree.statements().findParent("fields").get("location").asInt();

        assertThat(tree.position(location)).isEqualTo(16);
        assertThat(tree.part(location, tree.length())).isEqualTo("x");
        assertThat(tree.position(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a\0b'", "select '\uD834'", "select \"", "$", "select 1 /* "})
    void refuses_what_no_server_would_read(String text) {
        assertThatThrownBy(() -> grammar.parse(text)).isInstanceOf(SyntaxException.class);
        assertThat(grammar.parse("select 1").statements()).hasSize(1);
    }

    @Test
    void refuses_what_is_nested_too_deeply_and_reads_the_next() {
        for (String open : new String[] {"(", "array[", "- ", "not ", "case when ", "(select "}) {
            String text = "select " + open.repeat(20_000) + "1";
            assertThatThrownBy(() -> grammar.parse(text)).isInstanceOf(SyntaxException.class);
        }
        String sum = "select 1" + " + 1".repeat(100_000);
        assertThatThrownBy(() -> grammar.parse(sum)).isInstanceOf(SyntaxException.class);

        assertThat(grammar.parse("select 1").statements()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "+", "*/", "<!", "-+"})
    void refuses_operators_that_take_the_square_of_their_length(String operator) {
        String text = "select " + operator.repeat(300) + "1";

        assertThatThrownBy(() -> grammar.parse(text))
                .isInstanceOfSatisfying(
                        SyntaxException.class,
                        refused -> assertThat(refused.position()).isEqualTo(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "=", "*", "#"})
    void reads_lines_that_set_off_a_comment(String character) {
        String line = character.repeat(1_000);

        assertThat(grammar.parse("--" + line + "\nselect 1").statements()).hasSize(1);
        assertThat(grammar.parse("/*" + line + "*/ select 1").statements()).hasSize(1);
    }

    @Test
    void refuses_it_on_a_small_stack_as_well() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        String text = "select " + "(select ".repeat(1_500) + "1" + ")".repeat(1_500);
        Runnable deep = () -> thrown.set(catchThrowable(() -> grammar.parse(text)));
        Thread thread = new Thread(null, deep, "small", 200_000);
        thread.start();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(SyntaxException.class);
        assertThat(grammar.parse("select 1").statements()).hasSize(1);
    }

    @Test
    void reads_for_many_threads() {
        long read =
                IntStream.range(0, 2_000)
                        .parallel()
                        .filter(number ->
                                grammar.parse("select " + number)
                                                .statements()
                                                .findValue("ival")
                                                .path("ival")
                                                .asInt()
                                        == number)
                        .count();

        assertThat(read).isEqualTo(2_000);
    }

    @Test
    void holds_no_more_memory_after_many_statements() {
        ParserInstance parser = new ParserInstance();
        byte[] right =
                "select repeat('x', 10), a from b where c = 'd'".getBytes(StandardCharsets.UTF_8);
        byte[] wrong = "select from from".getBytes(StandardCharsets.UTF_8);
        parser.parse(right);
        for (int i = 0; i < 200; i++) {
            parser.parse(right);
            assertThatThrownBy(() -> parser.parse(wrong)).isInstanceOf(SyntaxException.class);
        }
        long before = parser.memory();
        for (int i = 0; i < 5_000; i++) {
            parser.parse(right);
            assertThatThrownBy(() -> parser.parse(wrong)).isInstanceOf(SyntaxException.class);
        }

        assertThat(parser.memory()).isEqualTo(before);
    }
}
