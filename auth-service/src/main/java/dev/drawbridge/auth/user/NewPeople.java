package dev.drawbridge.auth.user;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.request.Required;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// People who make their own account, from a link that they were sent.
@Singleton
public final class NewPeople {
    private final Users users;
    private final ChosenPasswords passwords;

    NewPeople(Users users, ChosenPasswords passwords) {
        this.users = users;
        this.passwords = passwords;
    }

    /// What someone chooses for their account.
    public record Wanted(
            @Nullable String username, @Nullable String password, @Nullable String displayName) {
        /// Never the password.
        @Override
        public String toString() {
            return "Wanted[" + username + "]";
        }
    }

    /// What was checked and hashed.
    public record Ready(Name username, String passwordHash, UserRepository.Person person) {}

    /// Checks what was chosen, and hashes the password.
    ///
    /// @param knownName the display name that was given to them; theirs wins
    /// @param email verified by the link
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field
    public Ready prepare(Wanted wanted, @Nullable String knownName, @Nullable EmailAddress email) {
        Name username = Name.username("username", Required.field("username", wanted.username()));
        String chosen = wanted.displayName();
        String displayName = chosen == null ? knownName : Name.label("displayName", chosen).text();
        List<String> names = new ArrayList<>(List.of(username.text()));
        if (displayName != null) {
            names.add(displayName);
        }
        if (email != null) {
            names.add(email.text());
        }
        return new Ready(
                username,
                passwords.hash("password", Required.field("password", wanted.password()), names),
                new UserRepository.Person(UserKind.PERSON, displayName, email, false));
    }

    /// Adds the user, in the transaction in hand.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` when the name or the address is
    ///   someone else's
    public User add(String tenant, Ready ready, Map<String, Object> attributes) {
        return users.add(
                tenant,
                new UserRepository.Draft(
                        ready.username(),
                        ready.passwordHash(),
                        false,
                        true,
                        attributes,
                        ready.person()));
    }
}
