package dev.drawbridge.gateway.plan;

/// One thing that a plan tells.
///
/// @param about what kind of thing, a fixed word for programs
/// @param node where; empty for the whole plan
/// @param says what is so
/// @param tries what to try
public record Remark(String about, String node, String says, String tries) {
    /// In one line.
    public String line() {
        return (node.isEmpty() ? "" : node + ": ") + says + ". Try: " + tries + ".";
    }
}
