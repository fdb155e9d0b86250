package dev.drawbridge.gateway.mcp.conformance;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// A tool whose schema uses what JSON Schema 2020-12 has, to see that nothing of it is lost.
@Singleton
final class SchemaFixture {
    private static final String SCHEMA =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object",
             "$defs": {"address": {"$anchor": "addressDef", "type": "object",
                       "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
             "properties": {
               "name": {"type": "string"},
               "address": {"$ref": "#/$defs/address"},
               "contactMethod": {"type": "string", "enum": ["phone", "email"]},
               "phone": {"type": "string"},
               "email": {"type": "string"}},
             "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
             "if": {"properties": {"contactMethod": {"const": "phone"}},
                    "required": ["contactMethod"]},
             "then": {"required": ["phone"]},
             "else": {"required": ["email"]},
             "additionalProperties": false}
            """;

    void register(@Observes StartupEvent event, ToolManager manager) {
        manager.newTool("json_schema_2020_12_tool")
                .setDescription("Has a schema of many keywords.")
                .setInputSchema(new JsonObject(SCHEMA))
                .setHandler(_ -> ToolResponse.success("ok"))
                .register();
    }
}
