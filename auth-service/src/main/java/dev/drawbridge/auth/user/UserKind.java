package dev.drawbridge.auth.user;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/// Who stands behind an account.
public enum UserKind {
    /// Someone who signs in.
    PERSON,
    /// A program, with neither password nor session, only tokens.
    SERVICE;

    /// As it is written in JSON and in the table.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UserKind parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
