package dev.drawbridge.gateway.connection;

/// A secret of a connection beside its password, sealed for what it is of.
///
/// @param name `key:{id}`, `login:{name in rls.logins}` or [#CLIENT_KEY]
/// @param inUse false for a key that the target is not known to have
record SealedSecret(String name, String sealed, boolean inUse) {
    /// Of the certificate that sessions show.
    static final String CLIENT_KEY = "tls:client";

    private static final String KEY = "key:";

    static String ofKey(String id) {
        return KEY + id;
    }

    static String ofLogin(String name) {
        return "login:" + name;
    }

    boolean isClientKey() {
        return name.equals(CLIENT_KEY);
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
