package dev.drawbridge.local.rest;

import dev.drawbridge.local.report.LaunchException;

/// A request was sent and its answer is lost: it may have been carried out.
public final class UnansweredException extends LaunchException {
    private static final long serialVersionUID = 1L;

    public UnansweredException(String sentence) {
        super(sentence);
    }

    UnansweredException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
