package dev.drawbridge.gateway.client;

/// What a client can be asked for, if it says so.
public enum Ability {
    /// Its person fills in a form.
    ELICITATION("elicitation"),
    /// Its model answers a message.
    SAMPLING("sampling"),
    /// The folders that it works in.
    ROOTS("roots");

    private final String key;

    Ability(String key) {
        this.key = key;
    }

    /// The key of a client's capabilities in MCP.
    public String key() {
        return key;
    }
}
