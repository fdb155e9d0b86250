package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What can befall a call, each in a way that ends it for certain or, where it says so, may.
enum Trouble {
    /// In all parts of a statement's life: when it is read, planned, run, and half-way through its
    /// rows.
    ERROR(
            Problem.Database.class,
            "select missing",
            "select 'x'::int",
            "select 1 / (count(*) - count(*)) from note",
            "select 1 / (500 - i) from generate_series(1, 1000) i"),
    /// By the guard, before anything is sent.
    REFUSAL(
            Problem.QueryRejected.class,
            "select set_config('app.owner', 'odd', false)",
            "set app.owner to 'odd'",
            "select 1; select 2",
            "select 'unfinished"),
    /// By the server itself, after a time that only this caller has.
    TIMEOUT(Problem.QueryTimeout.class, "select pg_sleep(14)"),
    /// The client goes away while the server works.
    DISCONNECT(Problem.QueryCancelled.class, "select pg_sleep(14)"),
    /// The client goes away before anything is sent.
    EARLY_DISCONNECT(Problem.QueryCancelled.class, "select pg_sleep(14)"),
    /// The client goes away at about the time at which the answer comes; either may be first.
    LATE_DISCONNECT(null, "select pg_sleep(0.002)"),
    /// More than an answer may have: cut, and no problem.
    TOO_LARGE(
            null,
            "select repeat('x', 5000000)",
            "select repeat('x', 1000) from generate_series(1, 5000)");

    private final @Nullable Class<? extends Problem> problem;
    private final List<String> statements;

    Trouble(@Nullable Class<? extends Problem> problem, String... statements) {
        this.problem = problem;
        this.statements = List.of(statements);
    }

    /// One of its statements, in turn.
    String statement(int turn) {
        return statements.get(turn % statements.size());
    }

    /// Whether a call ended as it must.
    ///
    /// @param ended null for an answer
    boolean isEnd(@Nullable Problem ended) {
        return switch (this) {
            case LATE_DISCONNECT -> ended == null || ended instanceof Problem.QueryCancelled;
            case TOO_LARGE -> ended == null;
            default -> problem != null && problem.isInstance(ended);
        };
    }
}
