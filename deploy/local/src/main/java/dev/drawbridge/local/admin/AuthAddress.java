package dev.drawbridge.local.admin;

import dev.drawbridge.local.report.LaunchException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where a service is. Credentials are sent there, so it is https, or this machine.
record AuthAddress(String base) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /// Reads what a person gave: `https://host[:port]`, or http on this machine.
    static AuthAddress parse(String text) {
        return parse("--url", text);
    }

    /// The same of another option.
    static AuthAddress parse(String option, String text) {
        var url = url(option, text);
        String host = url.getHost();
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web
                || host == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw wrong(option, "must be https://host[:port], without user, password and query.");
        }
        if ("http".equals(url.getScheme()) && !LOOPBACK.contains(host)) {
            throw wrong(option, "must be https: http would show the credential to the network.");
        }
        return new AuthAddress(text.replaceFirst("/+$", "") + "/api/v1");
    }

    private static URI url(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw wrong(option, "is no URL.");
        }
    }

    private static LaunchException wrong(String option, String why) {
        return new LaunchException(option + " " + why, ExitCode.WRONG_INPUT);
    }
}
