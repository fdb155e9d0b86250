package dev.drawbridge.audit;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Something that somebody did, or tried to: who, what, on what, what came of it.
///
///     audit.record(Act.by(admin, USER_CREATE, "user:" + id).with("after", user));
///
/// @param caller null for a stranger
/// @param tenant whose auditors see it; null for none but those of the service
/// @param object written as grants write it where they can: `user:{id}`, `tool:{name}`
/// @param client the numeric address; null takes that of the request in hand
/// @param details anything that becomes JSON, and never a secret
public record Act(
        @Nullable Caller caller,
        @Nullable String tenant,
        Action action,
        @Nullable String object,
        String outcome,
        @Nullable String client,
        Map<String, Object> details) {

    /// What a caller did.
    public static Act by(Caller caller, Action action, String object) {
        return new Act(caller, caller.tenant(), action, object, Entry.OK, null, Map.of());
    }

    /// What somebody did who is not known, or not yet.
    public static Act byStranger(@Nullable String tenant, Action action, @Nullable String object) {
        return new Act(null, tenant, action, object, Entry.OK, null, Map.of());
    }

    /// From an address that is not the one of the request in hand.
    public Act from(@Nullable String address) {
        return new Act(caller, tenant, action, object, outcome, address, details);
    }

    /// One more detail. A record becomes the JSON in which REST shows it.
    public Act with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Act(caller, tenant, action, object, outcome, client, more);
    }

    /// The same, refused.
    public Act refused(Problem problem) {
        return refused(problem.code());
    }

    /// The same, refused with the code of a problem.
    Act refused(String code) {
        return new Act(caller, tenant, action, object, code, client, details);
    }
}
