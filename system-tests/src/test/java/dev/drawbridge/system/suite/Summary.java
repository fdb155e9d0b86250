package dev.drawbridge.system.suite;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;

/// The object that `up --json` prints, as a script reads it: these keys stay, others may come.
@JsonIgnoreProperties(ignoreUnknown = true)
public record Summary(
        Map<String, Service> services, String mcp, Datastore datastore, Admin admin, Demo demo) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Service(String url, boolean ready) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Datastore(String url) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Admin(String username, String passwordFile) {}

    /// @param dsn of the agents' role, with its password
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Demo(String connection, String database, String dsn, List<Caller> callers) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Caller(String name, String username, String password, String token) {}

    /// Fails unless the text is one JSON object and nothing else.
    public static Summary parse(String text) {
        try {
            return JSON.readValue(text, Summary.class);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("not one JSON object:\n" + text, failure);
        }
    }
}
