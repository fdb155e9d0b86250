package dev.drawbridge.auth.user;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A new user, and what may change of an old one.
///
/// @param password never for a service account
/// @param email taken as verified: who administers users vouches for it
record UserRequest(
        @Nullable String username,
        @Nullable UserKind kind,
        @Nullable String password,
        @Nullable Boolean mustChangePassword,
        @Nullable String displayName,
        @Nullable String email,
        @Nullable Boolean superuser,
        @Nullable Boolean enabled,
        @Nullable Map<String, @Nullable Object> attributes) {

    boolean isService() {
        return kind == UserKind.SERVICE;
    }

    /// The password of a new person; null for a service account.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` where one is missing or
    ///   must not be
    @Nullable String newPassword() {
        if (!isService()) {
            return Required.field("password", password);
        }
        requireNoPassword();
        return null;
    }

    /// Passes when no password is given nor asked for.
    void requireNoPassword() {
        if (password != null || Boolean.TRUE.equals(mustChangePassword)) {
            throw new Problem.Invalid("password", "is nothing that a service account has")
                    .exception();
        }
    }

    /// What the request says of who it is.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field
    UserRepository.Person person() {
        return new UserRepository.Person(
                kind,
                displayName == null ? null : Name.label("displayName", displayName).text(),
                email == null ? null : EmailAddress.parse("email", email),
                mustChangePassword);
    }

    /// What a password must not be made of.
    ///
    /// @param known the user as they are; null for a new one
    List<String> names(@Nullable User known) {
        Stream<@Nullable String> wanted = Stream.of(username, displayName, email);
        Stream<@Nullable String> present =
                known == null
                        ? Stream.empty()
                        : Stream.of(known.username(), known.displayName(), known.email());
        return Stream.concat(wanted, present)
                .<String>mapMulti((name, names) -> {
                    if (name != null) {
                        names.accept(name);
                    }
                })
                .toList();
    }
}
