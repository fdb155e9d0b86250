package dev.drawbridge.auth.request;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

/// The version that an update means to change (RFC 9110 section 13.1.1), so that of two people who
/// read the same state only the first one's change is made.
///
/// @param version the version named; null for `*`, any
public record IfMatch(@Nullable Long version) {
    private static final int LONGEST_NUMBER = 18;

    /// Reads the header of an update.
    ///
    /// @throws dev.drawbridge.problem.ProblemException status 428 when the header is absent, 400
    ///   when it holds no entity tag of ours
    public static IfMatch required(@Nullable String header, String kind) {
        if (header == null) {
            throw new Problem.VersionRequired(kind).exception();
        }
        return parse(header);
    }

    /// Reads the header of a removal, where it may be absent.
    public static IfMatch optional(@Nullable String header) {
        return header == null ? new IfMatch(null) : parse(header);
    }

    /// Passes when the present version is the one meant.
    ///
    /// @throws dev.drawbridge.problem.ProblemException status 412
    public void check(long present, String kind) {
        if (version != null && version != present) {
            throw new Problem.StaleVersion(kind).exception();
        }
    }

    private static IfMatch parse(String header) {
        String tag = header.strip();
        if (tag.equals("*")) {
            return new IfMatch(null);
        }
        if (tag.matches("\"\\d{1," + LONGEST_NUMBER + "}\"")) {
            return new IfMatch(Long.valueOf(tag.substring(1, tag.length() - 1)));
        }
        throw new Problem.Invalid("If-Match", "must be one ETag as it was sent, or *").exception();
    }
}
