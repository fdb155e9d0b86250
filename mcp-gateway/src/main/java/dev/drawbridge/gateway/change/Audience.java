package dev.drawbridge.gateway.change;

import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.Revocation;

/// Whom a changed list concerns. Others are not told: that something happened is news too.
public sealed interface Audience {
    Audience EVERYONE = new Everyone();

    boolean includes(Caller caller);

    /// All callers.
    record Everyone() implements Audience {
        @Override
        public boolean includes(Caller caller) {
            return true;
        }
    }

    /// Those of a tenant.
    record OfTenant(String tenant) implements Audience {
        @Override
        public boolean includes(Caller caller) {
            return tenant.equals(caller.tenant());
        }
    }

    /// Those whose rights or credential changed.
    record Concerned(Revocation revocation) implements Audience {
        @Override
        public boolean includes(Caller caller) {
            return revocation.concerns(caller);
        }
    }

    /// Those of a tenant who may read a connection, or something of it.
    record ReadersOf(String tenant, ProtectedObject connection) implements Audience {
        @Override
        public boolean includes(Caller caller) {
            return tenant.equals(caller.tenant())
                    && (Authorization.may(caller, Level.READ, connection)
                            || Authorization.reaches(caller, Level.READ, connection));
        }
    }
}
