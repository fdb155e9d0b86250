package dev.drawbridge.gateway.cache;

import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.Caller;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// All that could make a difference to the rows of a read. Two reads with equal keys get the same
/// rows until something is written; if anything differs, nothing is shared.
///
/// @param caller all that is known of it: with other rights it is another one
/// @param context the text that tells the database who asks
/// @param values of that text, without the one that is signed, which has the time in it
/// @param description of the context, which tells what is signed
/// @param version of the connection
/// @param username that the session has, and `login` tells it from others with that name
/// @param parameters in JSON, which tells 1 from "1" and 1.0
/// @param settings that the statement runs with
/// @param generation of the database, which every write moves on
public record ResultKey(
        Caller caller,
        String context,
        List<String> values,
        String description,
        UUID connection,
        long version,
        String database,
        String username,
        @Nullable UUID login,
        String sql,
        String parameters,
        long skip,
        int limit,
        int bytes,
        Map<String, String> settings,
        long generation) {

    /// The key of one read.
    static ResultKey of(
            Caller caller,
            RowContext who,
            Target target,
            String database,
            Statement statement,
            long generation) {
        List<String> values =
                who.signed() == null
                        ? who.values()
                        : who.values().subList(0, who.values().size() - 1);
        return new ResultKey(
                caller,
                who.sql(),
                List.copyOf(values),
                who.description(),
                target.connection(),
                target.version(),
                database,
                target.username(),
                target.login(),
                statement.sql(),
                Json.encode(statement.parameters()),
                statement.skip(),
                statement.limit(),
                statement.bytes(),
                statement.settings(),
                generation);
    }

    /// What it takes to keep it, bytes, about.
    int size() {
        return 512
                + 2 * (context.length() + description.length() + sql.length())
                + 2 * parameters.length();
    }
}
