package dev.drawbridge.gateway.target;

import dev.drawbridge.problem.Problem;

import java.nio.charset.StandardCharsets;

/// What may stand for a database or a login in the message that opens a session. There a zero byte
/// ends a name, and the driver does not look: what stood behind one would be parameters of the
/// session, such as another user or a role.
public final class StartupName {
    /// PostgreSQL cuts longer names off (NAMEDATALEN), which would make one name of two.
    private static final int LONGEST = 63;

    private StartupName() {}

    /// Whether a text is 1 to 63 bytes of UTF-8, none of them a control character.
    public static boolean isFit(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes >= 1
                && bytes <= LONGEST
                && name.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    /// The same name.
    ///
    /// @param field that it came in
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for one that is not fit
    public static String require(String field, String name) {
        if (!isFit(name)) {
            throw new Problem.Invalid(field, "must be 1 to 63 bytes without control characters")
                    .exception();
        }
        return name;
    }
}
