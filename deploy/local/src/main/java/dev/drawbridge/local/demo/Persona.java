package dev.drawbridge.local.demo;

import java.util.List;
import java.util.Map;

/// A kind of caller in the demo: the attributes that its row-level security asks for, and the group
/// that its rights come from. Clients are shown the token of the last one.
///
/// @param administers whether it looks after the database, besides reading it
record Persona(String name, String group, Map<String, Object> attributes, boolean administers) {
    static final List<Persona> ALL =
            List.of(
                    new Persona(
                            "store-manager",
                            "store-managers",
                            Map.of("retail_role", "store_manager", "store_id", 7),
                            false),
                    new Persona(
                            "regional-manager",
                            "regional-managers",
                            Map.of("retail_role", "regional_manager", "region", "West"),
                            false),
                    new Persona("dba", "dbas", Map.of("retail_role", "head_office"), true),
                    new Persona(
                            "head-office",
                            "head-office",
                            Map.of("retail_role", "head_office"),
                            false));
}
