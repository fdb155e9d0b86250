package dev.drawbridge.gateway.connection;

/// A secret of a connection beside its password, sealed for what it is of.
///
/// @param name `key:{id}` or `login:{name in rls.logins}`
/// @param inUse false for a key that the target is not known to have
record SealedSecret(String name, String sealed, boolean inUse) {
    private static final String KEY = "key:";

    static String ofKey(String id) {
        return KEY + id;
    }

    static String ofLogin(String name) {
        return "login:" + name;
    }

    boolean isKey() {
        return name.startsWith(KEY);
    }

    String keyId() {
        return name.substring(KEY.length());
    }

    /// The same once the target has it.
    SealedSecret used() {
        return new SealedSecret(name, sealed, true);
    }
}
