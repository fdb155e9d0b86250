package dev.drawbridge.local.summary;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.local.demo.Demo;
import dev.drawbridge.local.demo.VectorSearch;
import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.JsonFile;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The object that `--json` prints. Scripts build on its keys: they stay, more may come.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(
        Map<String, Service> services,
        @Nullable String mcp,
        Store datastore,
        Admin admin,
        @Nullable Demo demo,
        @Nullable VectorSearch semanticSearch) {

    public record Service(String url, boolean ready) {}

    /// The URL carries no user and no password.
    public record Store(String url) {}

    /// The administrator's password is only in its file.
    public record Admin(String username, String passwordFile) {}

    /// What the last `up` of a home kept; empty after `down`.
    public static Optional<Summary> kept(Home home) {
        return JsonFile.read(home.summary(), Summary.class);
    }

    public void keep(Home home) {
        JsonFile.write(home.summary(), this);
    }

    public String json() {
        return JsonFile.text(this);
    }

    /// The same, with readiness as it is now.
    public Summary asOfNow(Predicate<String> isReady) {
        var now = new LinkedHashMap<String, Service>();
        services.forEach(
                (name, service) -> now.put(name, new Service(service.url(), isReady.test(name))));
        return new Summary(now, mcp, datastore, admin, demo, semanticSearch);
    }

    @JsonIgnore
    public boolean isReady() {
        return services.values().stream().allMatch(Service::ready);
    }
}
