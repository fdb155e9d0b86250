package dev.drawbridge.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.integers;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class ArgumentCheckTest {
    private static final JsonObject SCHEMA =
            Schemas.onDatabase()
                    .required("sql", Schemas.sql("SQL."))
                    .optional("params", Schemas.params())
                    .optional("limit", Schemas.integer("Rows.", 1, 1_000, 100))
                    .optional("detail", Schemas.oneOf("How much.", "a", "a", "b"))
                    .optional("analyze", Schemas.bool("Run it."))
                    .closed();

    private static final Object[] VALUES = {
        1,
        0,
        -1,
        1_000,
        1_001,
        1.5,
        5_000_000_000L,
        "",
        "a",
        "b",
        "x".repeat(70),
        "x\0y",
        true,
        false,
        new JsonArray(),
        new JsonArray().add("x").add(1),
        new JsonObject(),
        "x".repeat(65_537),
        null
    };

    private final ArgumentCheck check = new ArgumentCheck(SCHEMA);

    @Test
    void good_arguments_pass() {
        check.check(good().put("limit", 1_000).put("params", new JsonArray().add(1).addNull()));
    }

    @Test
    void a_missing_argument_is_named() {
        assertThat(refusal(new JsonObject().put("connection_id", "x")).field()).isEqualTo("sql");
    }

    /// As models do that have to say something of every argument.
    @Test
    void what_is_null_is_as_good_as_left_out_where_it_cannot_be_null() {
        JsonObject arguments = good().putNull("limit").putNull("detail");
        JsonObject open =
                new JsonObject()
                        .put("type", "object")
                        .put("properties", new JsonObject().put("any", new JsonObject()));

        assertThat(check.given(arguments)).isEqualTo(good());
        assertThat(check.given(good())).isEqualTo(good());
        assertThat(check.given(good().putNull("limitt"))).isEqualTo(good().putNull("limitt"));
        assertThat(new ArgumentCheck(open).given(new JsonObject().putNull("any")))
                .isEqualTo(new JsonObject().putNull("any"));
        assertThat(arguments.containsKey("limit")).isTrue();
    }

    @Test
    void an_unknown_argument_is_named_with_those_that_there_are() {
        Problem.Invalid refusal = refusal(good().put("limitt", 1));

        assertThat(refusal.field()).isEqualTo("limitt");
        assertThat(refusal.reason()).contains("limit");
    }

    @Test
    void an_unknown_name_within_an_argument_is_named_with_those_that_there_are() {
        JsonObject point =
                Schemas.of()
                        .required("x", Schemas.typed("integer"))
                        .optional("y", Schemas.typed("integer"))
                        .closed();
        var points =
                new ArgumentCheck(Schemas.of().optional("points", Schemas.list(point)).closed());
        var given = new JsonArray().add(new JsonObject().put("x", 1).put("z", 2));

        Problem.Invalid refusal = refusal(points, new JsonObject().put("points", given));

        assertThat(refusal.field()).isEqualTo("points.0.z");
        assertThat(refusal.reason()).isEqualTo("is not known; there are x, y");
    }

    @Test
    void a_wrong_type_or_bound_is_named() {
        assertThat(refusal(good().put("limit", "5")).field()).isEqualTo("limit");
        assertThat(refusal(good().put("limit", 0)).field()).isEqualTo("limit");
        assertThat(refusal(good().put("limit", 1.5)).field()).isEqualTo("limit");
        assertThat(refusal(good().put("detail", "c")).field()).isEqualTo("detail");
        assertThat(refusal(good().put("analyze", "yes")).field()).isEqualTo("analyze");
        assertThat(refusal(good().put("params", 5)).field()).isEqualTo("params");
        assertThat(refusal(good().put("database", 5)).field()).isEqualTo("database");
    }

    @Test
    void a_number_that_no_number_holds_is_named() {
        var arguments = good().put("params", new JsonArray("[1, [2, {\"x\": 1e400}]]"));

        assertThat(refusal(arguments).field()).isEqualTo("params.1.1.x");
        assertThat(refusal(good().put("limit", -1e308 * 10)).field()).isEqualTo("limit");
    }

    @Test
    void the_schema_that_is_shown_is_left_as_it_was() {
        assertThat(SCHEMA.encode()).doesNotContain("__absolute_uri__");
    }

    /// The glance may pass nothing that the validator would refuse, and not refuse everything.
    @Test
    void the_glance_and_the_validator_agree() {
        var accepted = new AtomicInteger();
        var validator =
                Validator.create(
                        JsonSchema.of(SCHEMA.copy()),
                        new JsonSchemaOptions()
                                .setBaseUri("urn:test")
                                .setDraft(Draft.DRAFT202012)
                                .setOutputFormat(OutputFormat.Flag));
        var glance = new PlainArguments(SCHEMA.getJsonObject("properties"));
        String[] names = SCHEMA.getJsonObject("properties").fieldNames().toArray(String[]::new);

        qt().withExamples(5_000)
                .forAll(
                        arbitrary().pick(names),
                        integers().between(0, VALUES.length - 1),
                        arbitrary().pick(names),
                        integers().between(0, VALUES.length - 1))
                .check((one, first, other, second) -> {
                    var arguments = good().put(one, VALUES[first]).put(other, VALUES[second]);
                    if (!glance.accepts(arguments)) {
                        return true;
                    }
                    accepted.incrementAndGet();
                    return validator.validate(arguments).getValid();
                });
        assertThat(accepted.get()).isGreaterThan(100);
        assertThat(glance.accepts(good().put("limit", 5).put("detail", "b").put("analyze", true)))
                .isTrue();
    }

    private static JsonObject good() {
        return new JsonObject().put("connection_id", "x").put("sql", "select 1");
    }

    private Problem.Invalid refusal(JsonObject arguments) {
        return refusal(check, arguments);
    }

    private static Problem.Invalid refusal(ArgumentCheck check, JsonObject arguments) {
        var refused = new Problem.Invalid[1];
        assertThatThrownBy(() -> check.check(arguments))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> refused[0] = (Problem.Invalid) failure.problem());
        return refused[0];
    }
}
