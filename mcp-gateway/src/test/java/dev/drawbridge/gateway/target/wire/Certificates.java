package dev.drawbridge.gateway.target.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A key and a certificate, made by the JDK's keytool, as the PEM files that PostgreSQL reads.
record Certificates(Path key, Path certificate) {
    private static final String PASSWORD = "changeit";
    private static final String STORE = "store.p12";

    /// For `localhost`, signed by itself.
    static Certificates make(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(folder, "server", "localhost", "san=dns:localhost");
    }

    /// An authority, and what it signed.
    record Signed(Certificates authority, Certificates server, Certificates client) {
        /// A server known as `localhost` and `::1`, and a client.
        static Signed make(Path folder)
                throws IOException, InterruptedException, GeneralSecurityException {
            return new Signed(
                    Certificates.make(folder, "authority", "authority", "bc:c"),
                    Certificates.make(
                            folder,
                            "server",
                            "localhost",
                            "san=dns:localhost,ip:::1",
                            "-signer",
                            "authority"),
                    Certificates.make(
                            folder, "client", "agent", "eku=clientAuth", "-signer", "authority"));
        }
    }

    /// @param extension in keytool's words
    private static Certificates make(
            Path folder, String alias, String name, String extension, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(STORE);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
        command.addAll(List.of("-dname", "CN=" + name, "-ext", extension));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        command.addAll(List.of(more));
        Path log = folder.resolve("keytool.log");
        int code =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        if (code != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new Certificates(
                pem(
                        folder.resolve(alias + ".key"),
                        "PRIVATE KEY",
                        keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()),
                pem(
                        folder.resolve(alias + ".crt"),
                        "CERTIFICATE",
                        keys.getCertificate(alias).getEncoded()));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String text =
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
