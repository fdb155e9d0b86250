package dev.drawbridge.gateway.tool.own;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.connection.Waiting;
import dev.drawbridge.gateway.own.OwnText;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Defining own tools.
@Path(OwnToolResource.PATH)
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class OwnToolResource {
    static final String PATH = "/api/v1/mcp/tools";

    private static final ProtectedObject AREA = ProtectedObject.admin("tools");
    private static final int MOST = 500;

    private final OwnTools tools;
    private final OwnToolRepository repository;
    private final RecordedOwnTools recorded;
    private final OwnToolCheck check;
    private final Connections connections;
    private final CurrentCaller current;

    OwnToolResource(
            OwnTools tools,
            OwnToolRepository repository,
            RecordedOwnTools recorded,
            OwnToolCheck check,
            Connections connections,
            CurrentCaller current) {
        this.tools = tools;
        this.repository = repository;
        this.recorded = recorded;
        this.check = check;
        this.connections = connections;
        this.current = current;
    }

    /// What was defined, and what became of it.
    ///
    /// @param source `api`, or the file that it is in
    /// @param definition null when what a file says is none
    /// @param state `ok`, or `broken` because of the problem
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String source,
            @Nullable OwnToolDefinition definition,
            String state,
            @Nullable String problem,
            @Nullable Long version,
            @Nullable String changedBy,
            @Nullable OffsetDateTime changedAt) {

        static View of(OwnEntry entry) {
            String broken = entry.broken();
            StoredTool stored = entry.stored();
            return new View(
                    entry.source(),
                    entry.definition(),
                    broken == null ? "ok" : "broken",
                    broken,
                    stored == null ? null : stored.version(),
                    stored == null ? null : stored.changedBy(),
                    stored == null ? null : stored.changedAt());
        }
    }

    /// Everything that was defined.
    record Views(List<View> items) {}

    /// Versions, the newest first.
    record Versions(List<OwnToolRepository.Version> items) {}

    /// What a definition would become.
    record Judgement(
            Map<String, Object> inputSchema,
            @Nullable Map<String, Object> outputSchema,
            Described statement) {}

    @GET
    @Path("own")
    public Views list() {
        Caller caller = current.require(Level.ADMIN, AREA);
        return new Views(tools.entries(caller.tenant()).stream().map(View::of).toList());
    }

    @GET
    @Path("{name}")
    @APIResponse(
            responseCode = "200",
            description = "The tool",
            content = @Content(schema = @Schema(implementation = View.class)))
    public Response get(String name) {
        Caller caller = current.require(Level.ADMIN, AREA);
        OwnEntry entry = entry(caller, name);
        OwnTool tool = entry.tool();
        if (tool != null && entry.definition() != null) {
            tool.note(problem(caller, entry.definition()));
        }
        return tagged(Response.ok(), entry);
    }

    @GET
    @Path("{name}/versions")
    public Versions versions(String name) {
        Caller caller = current.require(Level.ADMIN, AREA);
        List<OwnToolRepository.Version> all = repository.versions(caller.tenant(), name);
        if (all.isEmpty()) {
            throw notFound(name).exception();
        }
        return new Versions(all);
    }

    @POST
    @APIResponse(
            responseCode = "201",
            description = "The tool",
            content = @Content(schema = @Schema(implementation = View.class)))
    public Response define(OwnToolDefinition wanted) {
        Caller caller = current.require(Level.ADMIN, AREA);
        Described described = checked(caller, wanted);
        List<OwnEntry> there = tools.entries(caller.tenant());
        if (there.stream().anyMatch(one -> one.name().equals(wanted.name()))) {
            throw new Problem.Conflict("There is a tool of that name.").exception();
        }
        if (there.size() >= MOST) {
            throw new Problem.QuotaExceeded("of %d own tools".formatted(MOST)).exception();
        }
        recorded.define(caller, wanted, described);
        tools.refresh();
        return tagged(
                Response.created(URI.create(PATH + "/" + wanted.name())),
                entry(caller, wanted.name()));
    }

    @PUT
    @Path("{name}")
    @APIResponse(
            responseCode = "200",
            description = "The tool",
            content = @Content(schema = @Schema(implementation = View.class)))
    public Response change(
            String name,
            OwnToolDefinition wanted,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Caller caller = current.require(Level.ADMIN, AREA);
        StoredTool before = stored(entry(caller, name));
        if (ifMatch == null) {
            throw new Problem.VersionRequired("tool").exception();
        }
        requireVersion(ifMatch, before);
        if (!wanted.name().equals(name)) {
            throw OwnText.invalid("name", "is the name of another tool than that of the path");
        }
        recorded.change(caller, before, wanted, checked(caller, wanted));
        tools.refresh();
        return tagged(Response.ok(), entry(caller, name));
    }

    @DELETE
    @Path("{name}")
    public void remove(String name, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Caller caller = current.require(Level.ADMIN, AREA);
        StoredTool before = stored(entry(caller, name));
        if (ifMatch != null) {
            requireVersion(ifMatch, before);
        }
        recorded.remove(caller, before);
        tools.refresh();
    }

    @POST
    @Path("validate")
    public Judgement validate(OwnToolDefinition wanted) {
        Caller caller = current.require(Level.ADMIN, AREA);
        Described described = checked(caller, wanted);
        JsonObject output = OwnSchema.output(wanted, described);
        return new Judgement(
                OwnSchema.input(wanted, described).getMap(),
                output == null ? null : output.getMap(),
                described);
    }

    /// Who defines a tool holds on its database what the tool needs: nobody gives more than that.
    private Described checked(Caller caller, @Nullable OwnToolDefinition wanted) {
        if (wanted == null) {
            throw OwnText.invalid("request", "is no definition");
        }
        if (tools.isBuiltIn(wanted.name())) {
            throw OwnText.invalid("name", "is that of a built-in tool");
        }
        Connection connection = check.connection(caller.tenant(), wanted.connection());
        String id = connection.id().toString();
        String database = wanted.database() == null ? connection.database() : wanted.database();
        if (wanted.access() == OwnToolDefinition.Access.WRITE && connection.allowWrites()) {
            connections.writable(caller, id, database);
        } else {
            connections.readable(caller, id, database);
        }
        return Waiting.on(check.check(caller.tenant(), wanted));
    }

    private @Nullable String problem(Caller caller, OwnToolDefinition tool) {
        try {
            Waiting.on(check.check(caller.tenant(), tool));
            return null;
        } catch (ProblemException broken) {
            return broken.getMessage();
        }
    }

    /// The one that is a tool now, before one that could not become it.
    private OwnEntry entry(Caller caller, String name) {
        return tools.entries(caller.tenant()).stream()
                .filter(one -> one.name().equals(name))
                .min(Comparator.comparing(one -> one.tool() == null))
                .orElseThrow(() -> notFound(name).exception());
    }

    private static Problem notFound(String name) {
        return new Problem.NotFound("own tool", name);
    }

    private static StoredTool stored(OwnEntry entry) {
        StoredTool stored = entry.stored();
        if (stored == null) {
            throw new Problem.Conflict("This tool is defined in a file: " + entry.source() + ".")
                    .exception();
        }
        return stored;
    }

    private static Response tagged(Response.ResponseBuilder answer, OwnEntry entry) {
        StoredTool stored = entry.stored();
        if (stored != null) {
            answer.header(HttpHeaders.ETAG, tag(stored));
        }
        return answer.entity(View.of(entry)).build();
    }

    private static void requireVersion(String ifMatch, StoredTool present) {
        if (!ifMatch.equals("*") && !ifMatch.equals(tag(present))) {
            throw new Problem.StaleVersion("tool").exception();
        }
    }

    private static String tag(StoredTool tool) {
        return "\"" + tool.version() + "\"";
    }
}
