package dev.drawbridge.local.toolbox;

/// Why something of a configuration cannot be an own tool.
final class ToolboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ToolboxException(String why) {
        super(why);
    }
}
