package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.Target;

import java.net.InetAddress;

/// Where the password of a target may go itself, when the server asks for it instead of a proof.
/// Whoever answers in the place of a server can ask for it.
///
/// @param isAllowed whether the operator lets stored passwords go anywhere
record ClearPassword(Target target, boolean isAllowed) {
    /// To a server that its certificate vouches for; a stored one also within this machine. A login
    /// of somebody's own is worth more to whoever listens here.
    boolean mayGoTo(InetAddress server) {
        return PasswordDemand.CLEARTEXT.isFit(target.tls().mode())
                || (target.login() == null && (isAllowed || server.isLoopbackAddress()));
    }
}
