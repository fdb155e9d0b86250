package dev.drawbridge.auth.attempt;

import java.util.Locale;

/// A way to prove who one is, with limits of its own in [AttemptConfig].
public enum Method {
    /// A name and a password.
    PASSWORD {
        @Override
        Rate perAddress(AttemptConfig config) {
            return config.passwordAddress();
        }

        @Override
        Rate perAccount(AttemptConfig config) {
            return config.passwordAccount();
        }
    };

    /// How often one address may try.
    abstract Rate perAddress(AttemptConfig config);

    /// How often one account may be tried.
    abstract Rate perAccount(AttemptConfig config);

    /// What its counters are named by.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
