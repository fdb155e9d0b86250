package dev.drawbridge.system.access;

/// Who asks.
enum Asker {
    /// No credential.
    NOBODY("nobody"),
    /// A superuser, of another tenant.
    STRANGER("stranger"),
    /// Somebody without any grant.
    GUEST("guest"),
    /// Holds `read` on everything.
    READER("reader"),
    /// Holds `write` on everything.
    WRITER("writer"),
    /// Holds `admin` on users, and nothing else.
    DELEGATE("delegate"),
    /// Holds `admin` on everything.
    ADMIN("admin"),
    /// A superuser's token that lets through one tool and nothing else.
    SCOPED("scoped");

    private final String title;

    Asker(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
