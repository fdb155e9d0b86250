package dev.drawbridge.gateway.target;

/// The room of a configuration, for tests outside this package.
public final class AnswerRooms {
    private AnswerRooms() {}

    public static AnswerRoom of(TargetConfig config) {
        return new AnswerRoom(config);
    }
}
