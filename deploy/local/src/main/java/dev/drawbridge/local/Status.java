package dev.drawbridge.local;

import dev.drawbridge.local.service.Readiness;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.summary.Summary;

import java.net.URI;

/// How a suite that some `up` left is doing now.
final class Status {
    private Status() {}

    static boolean isReady(Summary summary, String name) {
        var service = summary.services().get(name);
        if (service == null) {
            return false;
        }
        int port = URI.create(service.url()).getPort();
        try (var readiness = new Readiness()) {
            return readiness.isReady(new ServiceSpec(name, port, ""));
        }
    }
}
