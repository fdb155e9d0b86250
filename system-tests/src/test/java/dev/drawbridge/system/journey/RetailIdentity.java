package dev.drawbridge.system.journey;

import dev.drawbridge.system.suite.Suite;

import java.util.List;
import java.util.Map;

/// A caller of the demo, and the identity that its policies should see, for setting it by hand.
public enum RetailIdentity {
    STORE_MANAGER("store-manager", Map.of("app.retail_role", "store_manager", "app.store_id", "7")),
    REGIONAL_MANAGER(
            "regional-manager",
            Map.of("app.retail_role", "regional_manager", "app.region", "West")),
    HEAD_OFFICE("head-office", Map.of("app.retail_role", "head_office"));

    private final String caller;
    private final Map<String, String> settings;

    RetailIdentity(String caller, Map<String, String> settings) {
        this.caller = caller;
        this.settings = settings;
    }

    public String token(Suite suite) {
        return suite.caller(caller).token();
    }

    public String username(Suite suite) {
        return suite.caller(caller).username();
    }

    public String password(Suite suite) {
        return suite.caller(caller).password();
    }

    /// The rows that PostgreSQL itself gives this identity, each value as it reads.
    public List<List<String>> truth(Suite suite, String sql) {
        return suite.demo().query(settings, sql).stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }
}
