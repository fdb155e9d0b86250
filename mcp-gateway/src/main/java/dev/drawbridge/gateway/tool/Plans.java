package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.plan.Explain;
import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

import java.util.Objects;

/// Plans of a database, as one caller gets them.
public final class Plans {
    private Plans() {}

    /// The plan of a statement of an agent's, if it can mean nothing in this database but what
    /// reads.
    ///
    /// @param sql what is explained
    public static Future<Plan> of(
            Databases.Database database, ReadOnlySql sql, Explain.Question question) {
        return database.values(sql, question.staging(), question.statement())
                .map(rows -> (JsonArray) Objects.requireNonNull(rows.getLast().getFirst()))
                .map(Plan::of);
    }

    /// How the database's server is asked for plans.
    public static Future<Explain> explain(Databases.Database database) {
        return database.values(Explain.FACTS).map(rows -> Explain.of(rows.getFirst()));
    }
}
