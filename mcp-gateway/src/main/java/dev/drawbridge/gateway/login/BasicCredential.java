package dev.drawbridge.gateway.login;

import dev.drawbridge.gateway.target.StartupName;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A login and password of a database, as HTTP Basic carries them (RFC 7617): the user-id is
/// `login@connection-id`, cut at its last `@`; the password is what follows the first colon.
///
/// @param connection null when the user-id names none
/// @param password a secret
record BasicCredential(String login, @Nullable UUID connection, String password) {
    private static final String SCHEME = "Basic ";

    /// More would only make us hash it.
    private static final int LONGEST_PASSWORD = 1_024;

    /// Whether a header is meant to be one, well-formed or not.
    static boolean isIn(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /// Reads `Authorization`. Empty for what no login can be: bad Base64 or UTF-8, no colon, an
    /// empty password, a zero character, a login that is no [StartupName].
    static Optional<BasicCredential> parse(String authorization) {
        String text = decode(authorization.substring(SCHEME.length()).strip());
        int colon = text.indexOf(':');
        if (colon < 0 || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String user = text.substring(0, colon);
        String password = text.substring(colon + 1);
        int at = user.lastIndexOf('@');
        String login = at < 0 ? user : user.substring(0, at);
        return StartupName.isFit(login)
                        && bytes(password) >= 1
                        && bytes(password) <= LONGEST_PASSWORD
                ? Optional.of(
                        new BasicCredential(
                                login, at < 0 ? null : uuid(user.substring(at + 1)), password))
                : Optional.empty();
    }

    /// Empty when it is no text.
    private static String decode(String encoded) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return "";
        }
    }

    /// Java reads more forms of an id than there are; one connection must have one name.
    private static @Nullable UUID uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text.toLowerCase(Locale.ROOT)) ? id : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Never the password.
    @Override
    public String toString() {
        return "login of connection " + connection;
    }
}
