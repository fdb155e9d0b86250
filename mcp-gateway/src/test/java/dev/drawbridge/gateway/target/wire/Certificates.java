package dev.drawbridge.gateway.target.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/// A key and a certificate for `localhost` that signs itself, made by the JDK's keytool, as the PEM
/// files that PostgreSQL reads.
record Certificates(Path key, Path certificate) {
    private static final String PASSWORD = "changeit";

    static Certificates make(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("server.p12");
        int code =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start()
                        .waitFor();
        if (code != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
        }
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new Certificates(
                pem(
                        folder.resolve("server.key"),
                        "PRIVATE KEY",
                        keys.getKey("server", PASSWORD.toCharArray()).getEncoded()),
                pem(
                        folder.resolve("server.crt"),
                        "CERTIFICATE",
                        keys.getCertificate("server").getEncoded()));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String text =
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
