package dev.drawbridge.gateway.connection;

import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.regex.Pattern;

/// Certificates and keys as text: what no session could be opened with is refused before one is.
final class Pem {
    private static final Pattern KEY =
            Pattern.compile(
                    "\\s*-----BEGIN (?<kind>(RSA |EC )?PRIVATE KEY)-----[A-Za-z0-9+/=\\s]+"
                            + "-----END \\k<kind>-----\\s*");

    private Pem() {}

    /// @param certificates null for none
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static void requireCertificates(String field, @Nullable String certificates) {
        if (certificates != null && !areCertificates(certificates)) {
            throw new Problem.Invalid(field, "must be certificates in PEM").exception();
        }
    }

    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static String requireKey(String field, String key) {
        if (!KEY.matcher(key).matches()) {
            throw new Problem.Invalid(field, "must be a private key in PEM, not encrypted")
                    .exception();
        }
        return key;
    }

    private static boolean areCertificates(String text) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        } catch (CertificateException _) {
            return false;
        }
    }
}
