package dev.drawbridge.auth.signon;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/// Where a browser goes after a sign-on: a path of our own, or a page of a configured origin. A
/// target of anybody's would let a stranger send people from our address to theirs.
///
/// @param text for `Location`
record RedirectTarget(String text) {
    private static final String HOME = "/";

    /// One slash, no second one and no backslash behind it, which browsers take for a slash; only
    /// visible ASCII, for browsers drop tabs and line ends.
    private static final Pattern PATH = Pattern.compile("/(?!/)[!-\\[\\]-~]{0,2000}");

    /// The target that was asked for; our own start page when there is none.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static RedirectTarget parse(@Nullable String text, List<String> origins) {
        if (text == null) {
            return new RedirectTarget(HOME);
        }
        if (PATH.matcher(text).matches() || isOf(origins, text)) {
            return new RedirectTarget(text);
        }
        throw new Problem.Invalid(
                        "redirect", "must be a path such as /chat, or of a configured origin")
                .exception();
    }

    private static boolean isOf(List<String> origins, String text) {
        try {
            URI uri = URI.create(text);
            return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')
                    && origins.contains(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
