package dev.drawbridge.local.service;

import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.postgres.Datastore;
import dev.drawbridge.local.postgres.Scripts;
import dev.drawbridge.local.postgres.Server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The properties that a service is started with: a template of every service, one of its own, and
/// what this home fills in for `@{…}`.
final class ServiceConfig {
    private static final Pattern PLACEHOLDER = Pattern.compile("@\\{([a-z-]+)}");

    private final Datastore datastore;
    private final Secrets secrets;
    private final int portOffset;

    ServiceConfig(Datastore datastore, Secrets secrets, int portOffset) {
        this.datastore = datastore;
        this.secrets = secrets;
        this.portOffset = portOffset;
    }

    String render(ServiceSpec service) {
        String template =
                Scripts.text("/config/every-service.properties")
                        + Scripts.text("/config/" + service.name() + ".properties");
        var values = values(service);
        return PLACEHOLDER
                        .matcher(template)
                        .replaceAll(
                                match -> Matcher.quoteReplacement(value(values, match.group(1))))
                + tls(datastore.server().tls());
    }

    /// Those variables of the environment that have no effect, because what is rendered sets the
    /// same and is asked first.
    List<String> overruled(ServiceSpec service, Set<String> environment) {
        return render(service)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .filter(environment::contains)
                .sorted()
                .toList();
    }

    private Map<String, String> values(ServiceSpec service) {
        var values = new HashMap<String, String>();
        values.put("port", Integer.toString(service.port()));
        values.put("management-port", Integer.toString(service.managementPort()));
        values.put("schema", service.schema());
        values.put("datastore-url", datastore.url());
        values.put("datastore-jdbc-url", datastore.jdbcUrl());
        values.put("app-password", secrets.password(service.schema() + "_app").reveal());
        values.put("owner-password", secrets.password(service.schema() + "_owner").reveal());
        values.put("data-key-file", path(secrets.dataKeyFile()));
        values.put("admin-password-file", path(secrets.passwordFile("admin")));
        values.put("auth-url", ServiceSpec.named(ServiceSpec.AUTH, portOffset).url());
        return values;
    }

    private static String value(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("a template names @{" + name + "}, which is unknown");
        }
        return value;
    }

    /// The reactive client's words for libpq's `sslmode`. As there, only the verify modes look at
    /// the certificate.
    private static String tls(Server.Tls tls) {
        if (tls.mode().equals("disable")) {
            return "";
        }
        var lines = new StringBuilder();
        lines.append("quarkus.datasource.reactive.postgresql.ssl-mode=")
                .append(tls.mode())
                .append('\n');
        if (!tls.mode().startsWith("verify-")) {
            lines.append("quarkus.datasource.reactive.trust-all=true\n");
        }
        if (!tls.rootCertificate().isEmpty()) {
            lines.append("quarkus.datasource.reactive.trust-certificate-pem=true\n")
                    .append("quarkus.datasource.reactive.trust-certificate-pem.certs=")
                    .append(path(Path.of(tls.rootCertificate())))
                    .append('\n');
        }
        if (tls.mode().equals("verify-full")) {
            lines.append("quarkus.datasource.reactive.hostname-verification-algorithm=HTTPS\n");
        }
        return lines.toString();
    }

    private static String path(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
