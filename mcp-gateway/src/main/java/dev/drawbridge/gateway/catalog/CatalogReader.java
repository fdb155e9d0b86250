package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Asks a database about its own things, with the questions in `catalog/meaning/`.
final class CatalogReader {
    private static final int PAGE = 500;
    private static final int MOST = 10_000;

    private static final String FINGERPRINT = CatalogFile.read("meaning/fingerprint");
    private static final String IDENTITY = CatalogFile.read("meaning/identity");
    private static final String PATH = CatalogFile.read("meaning/path");
    private static final String FUNCTIONS = CatalogFile.read("meaning/functions");
    private static final String RELATIONS = CatalogFile.read("meaning/relations");
    private static final String OPERATORS = CatalogFile.read("meaning/operators");
    private static final String CASTS = CatalogFile.read("meaning/casts");
    private static final String DOMAINS = CatalogFile.read("meaning/domains");
    private static final String CHANGING = CatalogFile.read("meaning/changing");
    private static final String TYPES = CatalogFile.read("meaning/types");

    private final TargetPool pool;
    private final RowContext who;

    /// @param who asks; the answer is the same for all of a pool
    CatalogReader(TargetPool pool, RowContext who) {
        this.pool = pool;
        this.who = who;
    }

    /// Another text whenever something is different.
    Future<String> fingerprint() {
        return ask(FINGERPRINT).map(answer -> String.valueOf(answer.getFirst().getFirst()));
    }

    /// All that there is.
    Future<CatalogRows> read() {
        var rows = new CatalogRows();
        return identity()
                .map(rows::identity)
                .compose(_ -> ask(PATH))
                .map(answer -> rows.path(answer.getFirst()))
                .compose(_ -> ask(CHANGING))
                .map(answer -> rows.changing(answer.getFirst()))
                .compose(_ -> pages(FUNCTIONS, 0, rows::function))
                .compose(_ -> all(OPERATORS, rows::operator))
                .compose(_ -> all(CASTS, rows::cast))
                .compose(_ -> all(DOMAINS, rows::domain))
                .compose(_ -> types(rows))
                .compose(_ -> pages(RELATIONS, 0, rows::relation))
                .map(_ -> rows);
    }

    /// Empty where the login may not ask.
    private Future<String> identity() {
        return ask(IDENTITY)
                .map(answer -> String.valueOf(answer.getFirst().getFirst()))
                .recover(refused ->
                        refused instanceof ProblemException known
                                        && known.problem() instanceof Problem.Database
                                ? Future.succeededFuture("")
                                : Future.failedFuture(refused));
    }

    private interface RowReader {
        void accept(List<@Nullable Object> row);
    }

    private Future<Void> types(CatalogRows rows) {
        List<Long> seeds = rows.typesToFollow();
        return seeds.isEmpty() ? Future.succeededFuture() : all(TYPES, rows::type, seeds);
    }

    private Future<Void> all(String question, RowReader each, @Nullable Object... parameters) {
        return ask(question, parameters)
                .map(answer -> {
                    if (answer.size() >= MOST) {
                        throw new Problem.QueryRejected(
                                        "The catalog of this database is too large to be judged.",
                                        0)
                                .exception();
                    }
                    answer.forEach(each::accept);
                    return null;
                });
    }

    /// @param after the last id of the page before
    private Future<Void> pages(String question, long after, RowReader each) {
        return ask(question, after)
                .compose(answer -> {
                    answer.forEach(each::accept);
                    return answer.size() < PAGE
                            ? Future.succeededFuture()
                            : pages(question, CatalogRows.id(answer.getLast()), each);
                });
    }

    private Future<List<List<@Nullable Object>>> ask(
            String question, @Nullable Object... parameters) {
        return pool.values(who, Statement.own(question, parameters), new CancelSignal());
    }
}
