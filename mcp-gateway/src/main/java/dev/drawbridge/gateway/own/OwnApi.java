package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.connection.Waiting;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/// Defining what a tenant has of a kind, under `admin:tools`.
///
/// @param <J> what is said of a definition that would be taken
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public abstract class OwnApi<D extends OwnDefinition, T extends OwnItem, J> {
    private static final ProtectedObject AREA = ProtectedObject.admin("tools");
    private static final int MOST = 500;

    private final OwnShelf<D, T> shelf;
    private final OwnKind<D, T> kind;
    private final OwnApiParts parts;

    protected OwnApi(OwnShelf<D, T> shelf, OwnApiParts parts) {
        this.shelf = shelf;
        this.kind = shelf.kind();
        this.parts = parts;
    }

    /// Everything that was defined.
    public record Views<D extends OwnDefinition>(List<OwnView<D>> items) {}

    /// Versions, the newest first.
    public record Versions<D extends OwnDefinition>(List<OwnRepository.Version<D>> items) {}

    @GET
    @Path("own")
    public Views<D> list() {
        Caller caller = admin();
        return new Views<>(shelf.entries(caller.tenant()).stream().map(OwnView::of).toList());
    }

    /// One; of one that can be used, whether its database takes it still.
    @GET
    @Path("{name}")
    public RestResponse<OwnView<D>> get(String name) {
        Caller caller = admin();
        OwnEntry<D, T> entry = entry(caller, name);
        T item = entry.item();
        D definition = entry.definition();
        if (item != null && definition != null) {
            item.note(problem(caller, definition));
        }
        return answer(RestResponse.Status.OK, entry);
    }

    @GET
    @Path("{name}/versions")
    public Versions<D> versions(String name) {
        Caller caller = admin();
        var all = parts.repository().versions(kind, caller.tenant(), name);
        if (all.isEmpty()) {
            throw notFound(name);
        }
        return new Versions<>(all);
    }

    @POST
    @APIResponse(responseCode = "201", description = "What was defined")
    public RestResponse<OwnView<D>> define(D wanted) {
        Caller caller = admin();
        Described described = checked(caller, wanted);
        List<OwnEntry<D, T>> there = shelf.entries(caller.tenant());
        if (there.stream().anyMatch(one -> one.name().equals(wanted.name()))) {
            throw conflict("name");
        }
        if (there.size() >= MOST) {
            throw new Problem.QuotaExceeded("of %d own %ss".formatted(MOST, kind.word()))
                    .exception();
        }
        parts.recorded().define(kind, caller, wanted, described);
        parts.shelves().refresh(shelf);
        return answer(RestResponse.Status.CREATED, entry(caller, wanted.name()));
    }

    @PUT
    @Path("{name}")
    public RestResponse<OwnView<D>> change(
            String name, D wanted, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Caller caller = admin();
        OwnStored<D> before = stored(entry(caller, name));
        if (ifMatch == null) {
            throw new Problem.VersionRequired(kind.word()).exception();
        }
        requireVersion(ifMatch, before);
        if (wanted == null || !wanted.name().equals(name)) {
            throw OwnText.invalid("name", "is another one than that of the path");
        }
        parts.recorded().change(kind, caller, before, wanted, checked(caller, wanted));
        parts.shelves().refresh(shelf);
        return answer(RestResponse.Status.OK, entry(caller, name));
    }

    @DELETE
    @Path("{name}")
    public void remove(String name, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Caller caller = admin();
        OwnStored<D> before = stored(entry(caller, name));
        if (ifMatch != null) {
            requireVersion(ifMatch, before);
        }
        parts.recorded().remove(kind, caller, before);
        parts.shelves().refresh(shelf);
    }

    /// What a definition would become; nothing is kept.
    @POST
    @Path("validate")
    public J validate(D wanted) {
        return judged(wanted, checked(admin(), wanted));
    }

    /// What is said of a definition that would be taken.
    ///
    /// @param described what its database says of it
    protected abstract J judged(D wanted, Described described);

    private Described checked(Caller caller, @Nullable D wanted) {
        if (wanted == null) {
            throw OwnText.invalid("request", "is no definition");
        }
        if (kind.isBuiltIn(wanted.name())) {
            throw OwnText.invalid("name", "is that of a built-in " + kind.word());
        }
        kind.requireRights(caller, wanted);
        shelf.taken(caller.tenant(), wanted)
                .ifPresent(what -> {
                    throw conflict(what);
                });
        return Waiting.on(kind.check(caller.tenant(), wanted));
    }

    private @Nullable String problem(Caller caller, D definition) {
        try {
            Waiting.on(kind.check(caller.tenant(), definition));
            return null;
        } catch (ProblemException broken) {
            return broken.getMessage();
        }
    }

    private Caller admin() {
        return parts.current().require(Level.ADMIN, AREA);
    }

    private OwnEntry<D, T> entry(Caller caller, String name) {
        return shelf.entry(caller.tenant(), name).orElseThrow(() -> notFound(name));
    }

    private ProblemException notFound(String name) {
        return new Problem.NotFound("own " + kind.word(), name).exception();
    }

    private ProblemException conflict(String what) {
        return new Problem.Conflict("There is a %s of that %s.".formatted(kind.word(), what))
                .exception();
    }

    private OwnStored<D> stored(OwnEntry<D, T> entry) {
        OwnStored<D> stored = entry.stored();
        if (stored == null) {
            throw new Problem.Conflict(
                            "This %s is defined in a file: %s."
                                    .formatted(kind.word(), entry.source()))
                    .exception();
        }
        return stored;
    }

    private RestResponse<OwnView<D>> answer(RestResponse.Status status, OwnEntry<D, T> entry) {
        var answer = RestResponse.ResponseBuilder.create(status, OwnView.of(entry));
        OwnStored<D> stored = entry.stored();
        if (stored != null) {
            answer.header(HttpHeaders.ETAG, tag(stored));
        }
        if (status == RestResponse.Status.CREATED) {
            answer.location(URI.create("/api/v1/mcp/%ss/%s".formatted(kind.word(), entry.name())));
        }
        return answer.build();
    }

    private void requireVersion(String ifMatch, OwnStored<D> present) {
        if (!ifMatch.equals("*") && !ifMatch.equals(tag(present))) {
            throw new Problem.StaleVersion(kind.word()).exception();
        }
    }

    private static String tag(OwnStored<?> stored) {
        return "\"" + stored.version() + "\"";
    }
}
