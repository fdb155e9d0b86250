package dev.drawbridge.problem;

import org.jspecify.annotations.Nullable;

/// Carries a [Problem] up to the edge that turns it into bytes. Without a stack trace: a problem is
/// an expected outcome, and the hot path throws them.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code() + ": " + problem.detail(), cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
