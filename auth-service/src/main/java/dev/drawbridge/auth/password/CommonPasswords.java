package dev.drawbridge.auth.password;

import dev.drawbridge.identity.Digest;

import jakarta.inject.Singleton;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// The passwords that people choose most and that breaches have shown, from the file that
/// `passwords/README.md` beside it describes. Kept as the first 64 bits of SHA-256, 8 bytes a word:
/// that one of 92,000 is hit by chance has a probability of 2^-47.
@Singleton
final class CommonPasswords {
    private static final String RESOURCE = "/passwords/common.txt.gz";

    private final long[] digests;

    CommonPasswords() {
        this.digests = read();
    }

    /// Whether the text, already folded, is on the list.
    boolean contains(String folded) {
        return Arrays.binarySearch(digests, digest(folded)) >= 0;
    }

    private static long[] read() {
        var resource = CommonPasswords.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + " is not in the class path");
        }
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines().mapToLong(CommonPasswords::digest).sorted().toArray();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE, unreadable);
        }
    }

    private static long digest(String word) {
        return ByteBuffer.wrap(Digest.of(word)).getLong();
    }
}
