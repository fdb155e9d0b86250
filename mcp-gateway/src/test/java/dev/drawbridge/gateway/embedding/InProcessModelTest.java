package dev.drawbridge.gateway.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class InProcessModelTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final EmbeddingModel MODEL = new InProcessModel(VERTX);

    @AfterAll
    static void stop() {
        MODEL.close();
        VERTX.close();
    }

    @Test
    void means_the_same_by_other_words() throws Exception {
        List<List<Float>> vectors =
                await(
                        MODEL.embed(
                                List.of(
                                        "a warm sleeping bag",
                                        "bedding for a cold tent",
                                        "invoice")));

        assertThat(vectors).allSatisfy(vector -> assertThat(vector).hasSize(384));
        assertThat(cosine(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-4));
        assertThat(cosine(vectors.get(0), vectors.get(1)))
                .isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.2);
    }

    @Test
    void takes_the_longest_text_there_may_be() throws Exception {
        String longest =
                "tent ".repeat(EmbeddingModel.LONGEST).substring(0, EmbeddingModel.LONGEST);

        assertThat(await(MODEL.embed(List.of(longest))).getFirst()).hasSize(384);
    }

    @Test
    void answers_where_it_was_asked_and_not_on_its_own_thread() throws Exception {
        var answered = new CompletableFuture<Boolean>();
        var context = VERTX.getOrCreateContext();
        context.runOnContext(_ ->
                MODEL.embed(List.of("x"))
                        .onComplete(_ -> answered.complete(Vertx.currentContext() == context)));

        assertThat(answered.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refuses_more_than_may_wait() {
        String text = "tent ".repeat(1_000);
        List<Future<List<List<Float>>>> asked =
                Stream.generate(() -> MODEL.embed(List.of(text))).limit(200).toList();

        assertThat(asked)
                .filteredOn(Future::failed)
                .isNotEmpty()
                .allSatisfy(refused ->
                        assertThat(((ProblemException) refused.cause()).problem())
                                .isInstanceOf(Problem.Overloaded.class));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static double cosine(List<Float> one, List<Float> other) {
        double product = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (int i = 0; i < one.size(); i++) {
            product += one.get(i) * other.get(i);
            ofOne += one.get(i) * one.get(i);
            ofOther += other.get(i) * other.get(i);
        }
        return product / Math.sqrt(ofOne * ofOther);
    }
}
