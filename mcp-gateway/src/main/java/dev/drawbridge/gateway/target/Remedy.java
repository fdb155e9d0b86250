package dev.drawbridge.gateway.target;

/// What helps after something went wrong with a server.
public enum Remedy {
    /// The same again, a moment later.
    RETRY,
    /// The same again, once so much time has passed that it is not one attempt more of those that
    /// made it worse.
    BACK_OFF,
    /// Nothing but somebody who changes what was asked, or the server.
    GIVE_UP
}
