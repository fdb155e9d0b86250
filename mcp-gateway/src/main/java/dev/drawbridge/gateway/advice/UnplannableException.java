package dev.drawbridge.gateway.advice;

import dev.drawbridge.problem.Problem;

/// There is no plan of a statement, whoever asks and whenever: a search goes on without it. What
/// else a question can fail with ends the search, for what it would find then is another thing.
public final class UnplannableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /// @param problem what is the matter with the statement
    public UnplannableException(Problem problem, Throwable cause) {
        super(problem.code(), cause, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
