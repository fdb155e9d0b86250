package dev.drawbridge.auth.profile;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.request.IfMatch;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// Changes a profile as it was asked for: all of it, or nothing.
@Singleton
final class OwnProfile {
    private final Db db;
    private final ProfileRepository profiles;
    private final OwnEmail emails;
    private final Audit audit;

    OwnProfile(Db db, ProfileRepository profiles, OwnEmail emails, Audit audit) {
        this.db = db;
        this.profiles = profiles;
        this.emails = emails;
        this.audit = audit;
    }

    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND`
    Profile get(Caller person) {
        return profiles.find(person.tenant(), person.id())
                .orElseThrow(
                        () -> new Problem.NotFound("user", person.id().toString()).exception());
    }

    /// The profile as it is then. A new address counts once it is confirmed.
    ///
    /// @throws dev.drawbridge.problem.ProblemException status 412 for another version, or as
    ///   [OwnEmail#ask]
    Profile change(
            Caller person,
            IfMatch expected,
            ProfileRepository.Change change,
            @Nullable EmailAddress email) {
        return db.transaction(() -> {
            Profile before = get(person);
            if (!profiles.update(person.tenant(), person.id(), expected.version(), change)) {
                throw new Problem.StaleVersion("profile").exception();
            }
            if (!change.isEmpty()) {
                audit.record(act(person, before, change));
            }
            if (email != null) {
                emails.ask(person, email);
            }
            return get(person);
        });
    }

    /// What people keep there is their own: that it changed is enough.
    private static Act act(Caller person, Profile before, ProfileRepository.Change change) {
        Act act =
                Act.by(person, AuthAction.PROFILE_CHANGE, "user:" + person.id())
                        .with("metadataChanged", change.metadata() != null);
        String name = change.displayName();
        if (name == null) {
            return act;
        }
        String old = before.displayName();
        return act.with("before", old == null ? "" : old).with("after", name);
    }
}
