package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.completion.Completion;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.limit.Limits;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.arc.All;
import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// All resources: what there is for a caller, reading, watching, and completing the names in their
/// URIs. What a caller may not read does not exist for it.
@Singleton
public final class Resources {
    private final List<ResourceSource> sources;
    private final int pageSize;
    private final WatchRoom room;
    private final Limits limits;
    private final ToolCallTrail trail;

    Resources(
            @All List<ResourceSource> sources,
            ResourceConfig config,
            WatchRoom room,
            Limits limits,
            ToolCallTrail trail) {
        this.sources = sources;
        this.pageSize = config.pageSize();
        this.room = room;
        this.limits = limits;
        this.trail = trail;
    }

    /// @param uri as grants are on it
    private record Found(ResourceSource source, String uri) {}

    /// All resources of a connection, as a grant is on them.
    public static ProtectedObject allOf(Connection connection) {
        return ProtectedObject.resource(ResourceUri.SCHEME + connection.id() + "/*");
    }

    /// A page of the list of those that the caller may read, by URI.
    ///
    /// @param cursor of the page before; null for the first one
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a cursor of nobody's
    public ResourcePage list(Caller caller, @Nullable String cursor) {
        String after = cursor == null ? "" : ListCursor.read(cursor);
        List<ResourceDescription> rest =
                sources.stream()
                        .flatMap(source -> source.list(caller).stream())
                        .filter(one -> one.uri().compareTo(after) > 0 && mayRead(caller, one.uri()))
                        .sorted(Comparator.comparing(ResourceDescription::uri))
                        .limit(pageSize + 1L)
                        .toList();
        return rest.size() <= pageSize
                ? new ResourcePage(rest, null)
                : new ResourcePage(
                        rest.subList(0, pageSize), ListCursor.after(rest.get(pageSize - 1).uri()));
    }

    /// The templates, by name; none for a caller who may read no resource.
    public List<TemplateDescription> templates(Caller caller) {
        return seesTemplates(caller)
                ? sources.stream()
                        .flatMap(source -> source.templates(caller).stream())
                        .sorted(Comparator.comparing(TemplateDescription::name))
                        .toList()
                : List.of();
    }

    /// Whether the caller may read any resource.
    public boolean seesTemplates(Caller caller) {
        return isGranted(caller, "*");
    }

    /// The templates that are there for everybody, in no order.
    public Stream<TemplateDescription> templates() {
        return sources.stream().flatMap(source -> source.templates().stream());
    }

    /// Whether there is such a resource for the caller.
    public boolean isKnown(Caller caller, String uri) {
        return find(caller, uri).isPresent();
    }

    /// The URI that changes of this resource name, if there is such a one for the caller: others
    /// may write it with other escapes.
    public Optional<String> canonical(Caller caller, String uri) {
        return find(caller, uri).map(Found::uri);
    }

    private Optional<Found> find(Caller caller, String uri) {
        return sources.stream()
                .flatMap(source ->
                        source.find(caller, uri).map(known -> new Found(source, known)).stream())
                .filter(found -> mayRead(caller, found.uri()))
                .findFirst();
    }

    private static boolean mayRead(Caller caller, String uri) {
        return Authorization.may(caller, Level.READ, ProtectedObject.resource(uri));
    }

    /// The resource's content; the read is recorded, unless the caller may not know that there is
    /// such a resource, which is recorded before.
    ///
    /// @param use of that URI
    /// @return fails with `NOT_FOUND` also for what the caller may not read; `RATE_LIMITED`
    public Future<ResourceContent> read(FeatureUse use, String uri, CancelSignal signal) {
        Optional<Found> found = find(use.caller(), uri);
        if (found.isEmpty()) {
            return Future.failedFuture(notFound(uri));
        }
        try {
            trail.requireRoom();
        } catch (ProblemException full) {
            return Future.failedFuture(full);
        }
        long started = System.nanoTime();
        return content(found.get().source(), use, uri, signal)
                .andThen(content ->
                        trail.add(
                                use,
                                ToolCallRecord.Outcome.of(content.map(Resources::text), started)));
    }

    private Future<ResourceContent> content(
            ResourceSource source, FeatureUse use, String uri, CancelSignal signal) {
        return limits.admit(use.caller(), use.client(), null)
                .compose(_ -> source.read(use, uri, signal));
    }

    private static String text(ResourceContent content) {
        return switch (content) {
            case ResourceContent.Text(var _, var _, var text) -> text;
            case ResourceContent.Binary(var _, var _, var base) -> base;
        };
    }

    /// Names that continue what is written for one variable of a template, of what the caller may
    /// read.
    ///
    /// @param uriTemplate as it is listed
    /// @param known the variables that are already filled in
    /// @return fails with `NOT_FOUND` for no such template, `RATE_LIMITED`
    public Future<Completion> complete(
            Caller caller,
            String uriTemplate,
            String variable,
            String written,
            Map<String, String> known) {
        return limits.admit(caller, null, null)
                .compose(_ -> {
                    ResourceSource source = sourceOf(caller, uriTemplate);
                    return uriTemplate.contains("{" + variable + "}")
                            ? source.complete(
                                    caller, variable, written, known, uri -> isGranted(caller, uri))
                            : Future.succeededFuture(Completion.NOTHING);
                });
    }

    private ResourceSource sourceOf(Caller caller, String uriTemplate) {
        return sources.stream()
                .filter(_ -> seesTemplates(caller))
                .filter(source ->
                        source.templates(caller).stream()
                                .anyMatch(one -> one.uriTemplate().equals(uriTemplate)))
                .findFirst()
                .orElseThrow(
                        () -> new Problem.NotFound("resource template", uriTemplate).exception());
    }

    /// Watches a resource: its changes are announced until it is closed, to all who hear changes.
    /// Whom of them to tell, [#concerns] says.
    ///
    /// @return fails with `NOT_FOUND`, `QUOTA_EXCEEDED`, or when it cannot be found out what the
    ///   resource is now
    public Future<Hearing> watch(Caller caller, String uri) {
        try {
            Found found = find(caller, uri).orElseThrow(() -> notFound(uri));
            room.take(caller.id());
            return begun(found, caller)
                    .onFailure(_ -> room.leave(caller.id()))
                    .map(watch -> leaving(watch, caller));
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Future<Hearing> begun(Found found, Caller caller) {
        try {
            return found.source().watch(caller, found.uri());
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
    }

    /// Once, however often it is closed.
    private Hearing leaving(Hearing watch, Caller caller) {
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                watch.close();
                room.leave(caller.id());
            }
        };
    }

    /// Whether a change is one for this caller, by what it may see now. The content of a resource
    /// is another one only for those who see the database as the login whose view has changed.
    public boolean concerns(Caller caller, Change change) {
        return switch (change) {
            case Change.Tools(var audience) -> audience.includes(caller);
            case Change.Prompts(var audience) -> audience.includes(caller);
            case Change.Resources(var audience) -> audience.includes(caller);
            case Change.Resource one ->
                    find(caller, one.uri()).filter(at -> sees(caller, at, one)).isPresent();
        };
    }

    private static boolean sees(Caller caller, Found found, Change.Resource change) {
        try {
            return change.view().isEmpty()
                    || change.view().equals(found.source().view(caller, found.uri()));
        } catch (ProblemException noLogin) {
            return false;
        }
    }

    /// Whether something of a URI, or of those that it stands for, may be read.
    private static boolean isGranted(Caller caller, String uri) {
        return Authorization.reaches(caller, Level.READ, ProtectedObject.resource(uri));
    }

    private static ProblemException notFound(String uri) {
        return new Problem.NotFound("resource", uri).exception();
    }
}
