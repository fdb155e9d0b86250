package dev.drawbridge.gateway.resource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Names as segments of a URI's path (RFC 3986): everything but unreserved characters is escaped,
/// in UTF-8.
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";

    private PercentEncoding() {}

    /// A name as a segment.
    public static String encode(String name) {
        var out = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (one & 0xff);
            if (isUnreserved(character)) {
                out.append(character);
            } else {
                out.append("%%%02X".formatted((int) character));
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(char one) {
        return isWithin(one, 'a', 'z')
                || isWithin(one, 'A', 'Z')
                || isWithin(one, '0', '9')
                || UNRESERVED.indexOf(one) >= 0;
    }

    private static boolean isWithin(char one, char first, char last) {
        return one >= first && one <= last;
    }

    /// The names in a path; empty when one is missing, has a malformed escape, or is no text
    /// without control characters.
    public static Optional<List<String>> segments(String path) {
        List<String> names = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            Optional<String> name = decode(segment);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    private static Optional<String> decode(String segment) {
        try {
            var bytes = new ByteArrayOutputStream();
            int plain = 0;
            for (int at = segment.indexOf('%'); at >= 0; at = segment.indexOf('%', plain)) {
                bytes.writeBytes(utf(segment.substring(plain, at)));
                bytes.write(Integer.parseUnsignedInt(hexadecimal(segment, at + 1), 16));
                plain = at + 3;
            }
            bytes.writeBytes(utf(segment.substring(plain)));
            String name =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            return Optional.of(name)
                    .filter(it -> !it.isEmpty() && it.chars().noneMatch(Character::isISOControl));
        } catch (CharacterCodingException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static String hexadecimal(String segment, int at) {
        if (at + 2 > segment.length() || segment.charAt(at) == '+') {
            throw new NumberFormatException("an escape has two digits");
        }
        return segment.substring(at, at + 2);
    }

    /// Half of a surrogate pair is no character.
    private static byte[] utf(String text) throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        var all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }
}
