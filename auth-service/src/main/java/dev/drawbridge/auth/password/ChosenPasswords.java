package dev.drawbridge.auth.password;

import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.Optional;

/// From a password that someone chooses to the hash to store, and back to whether it is the one.
@Singleton
public final class ChosenPasswords {
    private final PasswordPolicy policy;
    private final PasswordHashes hashes;

    ChosenPasswords(PasswordPolicy policy, PasswordHashes hashes) {
        this.policy = policy;
        this.hashes = hashes;
    }

    /// The hash of a password that the policy lets through.
    ///
    /// @param field what a refusal names
    /// @param names what everyone may know of the user: user name, display name, address
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` that says which rule
    ///   refuses it, or `OVERLOADED` when too many wait
    public String hash(String field, String text, Collection<String> names) {
        return hashes.hash(policy.choose(field, text, names));
    }

    /// Whether the text is the password that was hashed.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when too many wait
    public boolean matches(String text, String hash) {
        return Password.attempt(text)
                .map(shown -> hashes.matches(shown, Optional.of(hash)))
                .orElse(false);
    }
}
