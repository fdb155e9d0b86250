package dev.drawbridge.auth.effective;

import com.fasterxml.jackson.annotation.JsonValue;

import dev.drawbridge.identity.Decision;
import dev.drawbridge.identity.Level;

import java.util.Locale;

/// Which half of the rule decided. Where the scopes let through just what is granted, the grants
/// did.
enum Reason {
    /// The account is switched off; nobody gets in with it.
    DISABLED,
    /// A superuser needs no grant.
    SUPERUSER,
    GRANT,
    /// The credential lets less through than is granted.
    SCOPE,
    /// No grant covers the object.
    NOTHING;

    static Reason of(Standing standing, Decision decision) {
        if (!standing.enabled()) {
            return DISABLED;
        }
        if (decision.level() != decision.granted()) {
            return SCOPE;
        }
        if (standing.superuser()) {
            return SUPERUSER;
        }
        return decision.granted() == Level.NONE ? NOTHING : GRANT;
    }

    /// The name in lower case, as it stands in JSON.
    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
