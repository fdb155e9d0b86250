package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.TlsMode;

/// What a server asks of a login before it lets it in.
public enum PasswordDemand {
    /// A proof that does not show the password: SCRAM, or MD5.
    HASHED,
    /// The password itself.
    CLEARTEXT,
    /// Nothing, or something that is no password: whoever it lets in, no password was judged.
    NONE;

    /// Whether a password may be shown to this server, and means something if it is taken.
    public boolean isFit(TlsMode tls) {
        return switch (this) {
            case HASHED -> true;
            case CLEARTEXT -> tls == TlsMode.VERIFY_CA || tls == TlsMode.VERIFY_FULL;
            case NONE -> false;
        };
    }
}
