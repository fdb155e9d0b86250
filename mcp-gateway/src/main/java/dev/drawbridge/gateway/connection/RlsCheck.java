package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.CatalogFile;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Tries on a target whether it goes by who asks, as its connection declares.
@Singleton
final class RlsCheck {
    private static final String GAPS = CatalogFile.read("rls-gaps");
    private static final String VERIFIER = CatalogFile.read("rls-verifier");
    private static final String TOLD = "select current_setting('app.current_rls_user_id', true)";
    private static final String KNOWN = "select drawbridge.user_id()::text";
    private static final String CLOCK = "select extract(epoch from clock_timestamp())::bigint";

    /// Half of what a signed text allows for.
    private static final long MOST_SECONDS_APART = 15;

    private final Targets targets;
    private final StoredTargets stored;
    private final RowContexts contexts;

    RlsCheck(Targets targets, StoredTargets stored, RowContexts contexts) {
        this.targets = targets;
        this.stored = stored;
        this.contexts = contexts;
    }

    /// A connection's pool, for one caller.
    private record Session(TargetPool pool, RowContext who) {
        List<List<@Nullable Object>> ask(RowContext as, String sql) {
            return Waiting.on(pool.values(as, Statement.own(sql), new CancelSignal()));
        }

        List<List<@Nullable Object>> ask(String sql) {
            return ask(who, sql);
        }

        @Nullable Object one(RowContext as, String sql) {
            return ask(as, sql).getFirst().getFirst();
        }
    }

    /// Waits: call it on a virtual thread.
    RlsReport report(Caller caller, Connection connection) {
        Rls.Mode declared = connection.rls().mode();
        List<String> findings = new ArrayList<>();
        var gaps = new RlsGaps();
        Rls.Mode holds = Rls.Mode.NONE;
        for (Target target : targets(connection)) {
            TargetPool pool = targets.trial(target, connection.database());
            try {
                var session = new Session(pool, contexts.of(caller, target));
                holds = held(session, caller, target, findings);
                gaps.add(session.ask(GAPS));
            } finally {
                pool.close();
            }
        }
        findings.addAll(gaps.sentences(declared));
        return new RlsReport(declared, holds, findings);
    }

    /// Whether the target has a key of a connection.
    boolean knows(Caller caller, Connection connection, SigningKey key) {
        Target target = stored.open(connection).signedBy(key);
        TargetPool pool = targets.trial(target, connection.database());
        try {
            return isKnown(new Session(pool, contexts.of(caller, target)), caller);
        } catch (ProblemException failed) {
            if (failed.problem() instanceof Problem.Database) {
                return false;
            }
            throw failed;
        } finally {
            pool.close();
        }
    }

    /// Those that callers read with.
    private Collection<Target> targets(Connection connection) {
        return connection.rls().mode() == Rls.Mode.ROLE
                ? stored.openLogins(connection).values()
                : List.of(stored.open(connection));
    }

    private static Rls.Mode held(
            Session session, Caller caller, Target target, List<String> findings) {
        return switch (target.rls().mode()) {
            case NONE, BYPASS -> Rls.Mode.NONE;
            case CLAIMS -> claims(session, caller, findings);
            case SIGNED -> signed(session, caller, target, findings);
            case ROLE -> Rls.Mode.ROLE; // That the login is the session's is judged before this.
        };
    }

    private static Rls.Mode claims(Session session, Caller caller, List<String> findings) {
        if (!caller.id().toString().equals(session.one(session.who(), TOLD))) {
            findings.add("The database does not keep what it is told for the transaction.");
            return Rls.Mode.NONE;
        }
        findings.add(
                "The login can call set_config, as the gateway does: that a statement does not"
                        + " change who asks is held by the SQL guard alone. Mode signed or role"
                        + " does not need it.");
        return Rls.Mode.CLAIMS;
    }

    private static Rls.Mode signed(
            Session session, Caller caller, Target target, List<String> findings) {
        int before = findings.size();
        var verifier = session.ask(VERIFIER);
        if (verifier.isEmpty() || !Boolean.TRUE.equals(verifier.getFirst().getFirst())) {
            findings.add(
                    "The functions that verify who asks are not there: `drawbridge connection"
                            + " install-rls` installs them.");
            return Rls.Mode.NONE;
        }
        var row = verifier.getFirst();
        findIf(row.get(1), findings, "The login can change what is in the schema drawbridge.");
        findIf(row.get(2), findings, "The login has rights on drawbridge.key.");
        findIf(row.get(3), findings, "drawbridge.claims() is not the one that install-rls makes.");
        try {
            texts(session, caller, target, findings);
        } catch (ProblemException failed) {
            if (!(failed.problem() instanceof Problem.Database)) {
                throw failed;
            }
            findings.add("The functions that verify who asks fail: " + failed.getMessage());
        }
        Rls.Mode holds = findings.size() == before ? Rls.Mode.SIGNED : Rls.Mode.NONE;
        clock(session, findings);
        return holds;
    }

    private static void texts(
            Session session, Caller caller, Target target, List<String> findings) {
        SigningKey key = target.signingKey();
        if (key == null || !isKnown(session, caller)) {
            findings.add(
                    "A text that the gateway signed just now is not accepted: the key is not there"
                            + " (install-rls), or the clocks differ.");
            return;
        }
        String claims = "{\"sub\":\"" + caller.id() + "\"}";
        var expiry = Instant.now().plusSeconds(MOST_SECONDS_APART);
        String genuine = key.sign(claims, expiry);
        var stranger = new SigningKey(UUID.randomUUID(), key.id(), key.secret());
        find(session, findings, genuine.replace("\"}", " \"}"), "forged");
        find(session, findings, key.sign(claims, Instant.now().minusSeconds(3_600)), "expired");
        find(session, findings, stranger.sign(claims, expiry), "another connection's");
        find(
                session,
                findings,
                SigningKey.random(key.connection()).sign(claims, expiry),
                "unknown");
    }

    private static void find(Session session, List<String> findings, String text, String what) {
        Object answer = session.one(session.who().signedAs(text), KNOWN);
        findIf(answer != null, findings, "A text that is " + what + " is accepted.");
    }

    private static boolean isKnown(Session session, Caller caller) {
        return caller.id().toString().equals(session.one(session.who(), KNOWN));
    }

    private static void clock(Session session, List<String> findings) {
        long there = Long.parseLong(String.valueOf(session.one(session.who(), CLOCK)));
        long apart = there - Instant.now().getEpochSecond();
        findIf(
                Math.abs(apart) > MOST_SECONDS_APART,
                findings,
                "The server's clock is "
                        + apart
                        + " s ahead of ours: texts live longer or shorter by that.");
    }

    private static void findIf(@Nullable Object found, List<String> findings, String what) {
        if (Boolean.TRUE.equals(found)) {
            findings.add(what);
        }
    }
}
