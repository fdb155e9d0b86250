package dev.drawbridge.gateway.mcp.conformance;

/// The forms that the suite expects to be asked.
final class FixtureForms {
    private FixtureForms() {}

    static final String DEFAULTS =
            """
            {"type": "object", "properties": {
               "name": {"type": "string", "default": "John Doe"},
               "age": {"type": "integer", "default": 30},
               "score": {"type": "number", "default": 95.5},
               "status": {"type": "string", "enum": ["active", "inactive", "pending"],
                          "default": "active"},
               "verified": {"type": "boolean", "default": true}}}
            """;

    static final String ENUMS =
            """
            {"type": "object", "properties": {
               "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
               "titledSingle": {"type": "string", "oneOf": [
                  {"const": "value1", "title": "First Option"},
                  {"const": "value2", "title": "Second Option"},
                  {"const": "value3", "title": "Third Option"}]},
               "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
                  "enumNames": ["Option One", "Option Two", "Option Three"]},
               "untitledMulti": {"type": "array", "items":
                  {"type": "string", "enum": ["option1", "option2", "option3"]}},
               "titledMulti": {"type": "array", "items": {"anyOf": [
                  {"const": "value1", "title": "First Choice"},
                  {"const": "value2", "title": "Second Choice"},
                  {"const": "value3", "title": "Third Choice"}]}}}}
            """;
}
