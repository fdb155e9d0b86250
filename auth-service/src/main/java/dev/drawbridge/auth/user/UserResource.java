package dev.drawbridge.auth.user;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.request.Created;
import dev.drawbridge.auth.request.Creation;
import dev.drawbridge.auth.request.Creations;
import dev.drawbridge.auth.request.IfMatch;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// People, administered under `admin:users`.
@Path(UserResource.PATH)
@RunOnVirtualThread
@Authenticated
final class UserResource {
    static final String PATH = "/api/v1/users";
    private static final ProtectedObject AREA = ProtectedObject.admin("users");

    private final UserRepository repository;
    private final Users users;
    private final Ceiling ceiling;
    private final ChosenPasswords passwords;
    private final Creations creations;
    private final CurrentCaller caller;
    private final Audit audit;

    UserResource(
            UserRepository repository,
            Users users,
            Ceiling ceiling,
            ChosenPasswords passwords,
            Creations creations,
            CurrentCaller caller,
            Audit audit) {
        this.repository = repository;
        this.users = users;
        this.ceiling = ceiling;
        this.passwords = passwords;
        this.creations = creations;
        this.caller = caller;
        this.audit = audit;
    }

    @POST
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable UserRequest body) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        UserRequest wanted = Required.body(body);
        Name username = Name.username("username", Required.field("username", wanted.username()));
        String password = wanted.newPassword();
        Map<String, Object> attributes = Attributes.check(wanted.attributes());
        ceiling.requireAttributes(admin, attributes);
        boolean superuser = Boolean.TRUE.equals(wanted.superuser());
        if (superuser) {
            Ceiling.requireSuperuser(admin);
        }
        var draft =
                new UserRepository.Draft(
                        username,
                        password == null
                                ? null
                                : passwords.hash("password", password, wanted.names(null)),
                        superuser,
                        !Boolean.FALSE.equals(wanted.enabled()),
                        attributes,
                        wanted.person());
        return creations.once(
                new Creation(admin, key, PATH, wanted),
                () -> {
                    User user = users.add(admin.tenant(), draft);
                    audit.record(
                            Act.by(admin, AuthAction.USER_CREATE, "user:" + user.id())
                                    .with("after", user));
                    return Created.of(user.id(), user.version(), user);
                });
    }

    /// All users, or only the one of a name.
    @GET
    public Page<User> list(
            @QueryParam("username") @Nullable String username,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.require(Level.READ, AREA);
        Slice slice = Slice.parse(limit, cursor);
        List<User> found =
                username == null
                        ? repository.list(reader.tenant(), null, slice)
                        : Name.find(username)
                                .map(name -> repository.list(reader.tenant(), name.key(), slice))
                                .orElse(List.of());
        return Page.of(found, slice, User::id);
    }

    @GET
    @Path("{id}")
    public Response get(UUID id) {
        return answer(users.get(caller.require(Level.READ, AREA), id));
    }

    @PATCH
    @Path("{id}")
    public Response change(
            UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Nullable UserRequest body) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        IfMatch expected = IfMatch.required(ifMatch, "user");
        UserRequest wanted = Required.body(body);
        String username = wanted.username();
        String password = wanted.password();
        User known = users.get(admin, id);
        users.requireFitting(known, wanted);
        var change =
                new UserRepository.Change(
                        username == null ? null : Name.username("username", username),
                        password == null
                                ? null
                                : passwords.hash("password", password, wanted.names(known)),
                        wanted.superuser(),
                        wanted.enabled(),
                        wanted.attributes() == null ? null : Attributes.check(wanted.attributes()),
                        wanted.person());
        return answer(users.change(admin, id, expected, change));
    }

    @DELETE
    @Path("{id}")
    public void delete(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        users.delete(caller.require(Level.ADMIN, AREA), id, IfMatch.optional(ifMatch));
    }

    /// Takes away the second factor of someone who lost it. Their sessions end.
    @DELETE
    @Path("{id}/second-factor")
    public void removeSecondFactor(UUID id) {
        users.removeSecondFactor(caller.require(Level.ADMIN, AREA), id);
    }

    private static Response answer(User user) {
        return Response.ok(user).tag(Long.toString(user.version())).build();
    }
}
