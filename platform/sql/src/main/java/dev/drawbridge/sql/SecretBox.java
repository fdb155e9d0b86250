package dev.drawbridge.sql;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce, written `key
/// id:base64(nonce, ciphertext, tag)`. The purpose is authenticated with it, so that a sealed
/// secret moved to another row or column does not open.
@Singleton
public final class SecretBox {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<DataKeys> keys;

    @Inject
    SecretBox(DataKeyFile file) {
        this.keys = file::keys;
    }

    private SecretBox(DataKeys keys) {
        this.keys = () -> keys;
    }

    /// With the keys that a file, as [DataKeyConfig] describes it, has now.
    ///
    /// @throws DataKeyException when the file is broken
    public static SecretBox of(Path keyFile) {
        return new SecretBox(DataKeys.read(keyFile));
    }

    /// The id of the key that seals by now.
    public String sealing() {
        return keys.get().sealing();
    }

    /// Encrypts a secret for one purpose.
    ///
    /// @param purpose what the secret is of, such as `connection:{id}:password`
    public String seal(String purpose, byte[] secret) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        DataKeys known = keys.get();
        try {
            SecretKeySpec key = known.opening(known.sealing());
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, purpose, nonce).doFinal(secret);
            var whole = new byte[NONCE_BYTES + sealed.length];
            System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return known.sealing() + ":" + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Decrypts what [#seal] made for the same purpose.
    ///
    /// @throws IllegalStateException when the key is not known, the purpose is another, or the text
    ///   was changed
    public byte[] open(String purpose, String sealed) {
        int colon = sealed.indexOf(':');
        SecretKeySpec key = keys.get().opening(sealed.substring(0, Math.max(0, colon)));
        try {
            byte[] whole = Base64.getDecoder().decode(sealed.substring(colon + 1));
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, key, purpose, nonce)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException refused) {
            throw new IllegalStateException("A stored secret does not open: " + purpose, refused);
        }
    }

    /// A seal that only who holds the key can make: `key id:base64(HMAC-SHA-256)` (RFC 2104) over
    /// the purpose and the content, under a key derived from the current data key.
    public String mark(String purpose, byte[] content) {
        DataKeys known = keys.get();
        byte[] hmac = hmac(known.opening(known.sealing()), purpose, content);
        return known.sealing() + ":" + Base64.getEncoder().encodeToString(hmac);
    }

    /// What a seal is worth: whether [#mark] made it for this purpose and content, under any key of
    /// the file.
    public Mark judge(String purpose, byte[] content, String mark) {
        int colon = mark.indexOf(':');
        SecretKeySpec key = keys.get().find(mark.substring(0, Math.max(0, colon)));
        if (colon < 0) {
            return Mark.FALSE;
        }
        if (key == null) {
            return Mark.KEY_UNKNOWN;
        }
        byte[] told = DataKeys.decode(mark.substring(colon + 1));
        return MessageDigest.isEqual(hmac(key, purpose, content), told) ? Mark.TRUE : Mark.FALSE;
    }

    /// What [#judge] finds.
    public enum Mark {
        TRUE,
        FALSE,
        /// The key that it names is not in the key file: it can be neither proved nor disproved.
        KEY_UNKNOWN
    }

    private static byte[] hmac(SecretKeySpec dataKey, String purpose, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            // A key of its own, so that the data key does one thing only (NIST SP 800-57 5.2).
            mac.init(dataKey);
            byte[] derived = mac.doFinal("drawbridge.mark.1".getBytes(StandardCharsets.UTF_8));
            mac.init(new SecretKeySpec(derived, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, String purpose, byte[] nonce)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
