package dev.drawbridge.gateway.change;

/// What clients were told and is not so any more. It says where to look again, not what is there:
/// what a caller may see is asked when it is told.
public sealed interface Change {
    /// The list of tools of an audience may be another one.
    record Tools(Audience audience) implements Change {
        public Tools() {
            this(Audience.EVERYONE);
        }
    }

    /// The list of prompts of an audience may be another one.
    record Prompts(Audience audience) implements Change {
        public Prompts() {
            this(Audience.EVERYONE);
        }
    }

    /// The list of resources of an audience may be another one.
    record Resources(Audience audience) implements Change {
        public Resources() {
            this(Audience.EVERYONE);
        }
    }

    /// The content of a resource is another one.
    ///
    /// @param view as which login of the database it was seen, opaque; empty for any
    /// @param digest of the new content as seen so; empty when that is not known
    record Resource(String uri, String view, String digest) implements Change {
        public Resource(String uri) {
            this(uri, "", "");
        }
    }
}
