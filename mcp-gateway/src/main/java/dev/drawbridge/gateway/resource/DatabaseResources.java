package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.completion.Completion;
import dev.drawbridge.gateway.completion.Names;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.resource.ResourceUri.Place;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Kept;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.LastAnswers;
import dev.drawbridge.gateway.tool.SwitchedOff;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What databases say of themselves: servers, schemas and tables.
@Singleton
final class DatabaseResources implements ResourceSource {
    private static final String MEDIA_TYPE = "application/json";

    private final Connections connections;
    private final Databases databases;
    private final DatabaseContents contents;
    private final Names names;
    private final SchemaWatch watch;
    private final LastAnswers last;
    private final Set<String> off;

    DatabaseResources(
            Connections connections,
            Databases databases,
            DatabaseContents contents,
            Names names,
            SchemaWatch watch,
            LastAnswers last,
            ResourceConfig config) {
        this.connections = connections;
        this.databases = databases;
        this.contents = contents;
        this.names = names;
        this.watch = watch;
        this.last = last;
        this.off =
                SwitchedOff.of(
                        "gateway.resource.off",
                        config.off().orElse(Set.of()),
                        DatabaseTemplates.ALL.stream().map(TemplateDescription::name).toList());
    }

    /// Two of each connection: what is behind it is asked of its database, and not for a list.
    @Override
    public List<ResourceDescription> list(Caller caller) {
        return connections.visible(caller).stream()
                .filter(one -> isReadable(caller, one, one.database()))
                .flatMap(DatabaseResources::described)
                .filter(one -> resolve(caller, one.uri()).isPresent())
                .toList();
    }

    private static Stream<ResourceDescription> described(Connection connection) {
        var place = new Place(connection.id(), null);
        return Stream.of(
                new ResourceDescription(
                        new ResourceUri.Info(place).toString(),
                        connection.id().toString(),
                        connection.name(),
                        "The server behind the connection " + connection.name() + ".",
                        MEDIA_TYPE),
                new ResourceDescription(
                        new ResourceUri.Schemas(place).toString(),
                        connection.id() + "/schema",
                        connection.name() + ": schemas",
                        "The schemas of the connection " + connection.name() + ".",
                        MEDIA_TYPE));
    }

    @Override
    public List<TemplateDescription> templates() {
        return DatabaseTemplates.ALL.stream().filter(one -> !off.contains(one.name())).toList();
    }

    @Override
    public Optional<String> find(Caller caller, String uri) {
        return resolve(caller, uri).map(ResourceUri::toString);
    }

    /// A URI in its one form, of a database that the caller may read: the connection's own database
    /// by its name is that without a name.
    private Optional<ResourceUri> resolve(Caller caller, String uri) {
        return ResourceUri.parse(uri)
                .flatMap(parsed ->
                        connection(caller, parsed.place().connection())
                                .flatMap(known -> resolve(caller, known, parsed)))
                .filter(found -> !off.contains(DatabaseTemplates.nameOf(found)));
    }

    private static Optional<ResourceUri> resolve(
            Caller caller, Connection known, ResourceUri parsed) {
        String named = parsed.place().database();
        boolean own = named == null || named.equals(known.database());
        return isReadable(caller, known, own ? known.database() : named)
                ? Optional.of(own ? parsed.at(new Place(known.id(), null)) : parsed)
                : Optional.empty();
    }

    private Optional<Connection> connection(Caller caller, UUID id) {
        try {
            return Optional.of(connections.get(caller, id.toString()));
        } catch (ProblemException unknown) {
            return Optional.empty();
        }
    }

    private static boolean isReadable(
            Caller caller, Connection connection, @Nullable String database) {
        return database != null
                && Authorization.may(
                        caller,
                        Level.READ,
                        ProtectedObject.database(connection.id().toString(), database));
    }

    @Override
    public Future<ResourceContent> read(FeatureUse use, String uri, CancelSignal signal) {
        ResourceUri known = resolve(use.caller(), uri).orElseThrow(() -> notFound(uri));
        Place place = known.place();
        var database =
                databases.of(
                        use.caller(),
                        place.connection().toString(),
                        place.database(),
                        signal,
                        use.reach());
        Future<LastAnswers.Answer> now =
                contents.read(database, known)
                        .map(found -> found.orElseThrow(() -> notFound(uri)))
                        .map(found -> new LastAnswers.Answer(found.encode(), null, 0));
        return last.or(database, known.toString(), now)
                .map(answer -> new ResourceContent.Text(uri, MEDIA_TYPE, text(answer)));
    }

    private static String text(LastAnswers.Answer answer) {
        Kept kept = answer.kept();
        return kept == null
                ? answer.text()
                : new JsonObject(answer.text())
                        .put("stale", true)
                        .put("ageSeconds", kept.age().toSeconds())
                        .encode();
    }

    @Override
    public Future<Completion> complete(
            Caller caller,
            String variable,
            String written,
            Map<String, String> known,
            Predicate<String> granted) {
        Names.Kind kind = Names.kind(variable);
        if (kind == null) {
            return Future.succeededFuture(Completion.NOTHING);
        }
        var within = Names.Within.of(known);
        return names.complete(
                caller, kind, within, written, name -> granted.test(all(kind, within, name)));
    }

    /// The URIs that a name leads to, as a pattern of grants.
    private static String all(Names.Kind kind, Names.Within within, String name) {
        var path = new StringBuilder(ResourceUri.SCHEME);
        if (kind == Names.Kind.CONNECTION) {
            return path.append(name).append("/*").toString();
        }
        path.append(within.connection());
        String database = kind == Names.Kind.DATABASE ? name : within.database();
        if (database != null) {
            path.append("/database/").append(PercentEncoding.encode(database));
        }
        if (kind == Names.Kind.DATABASE) {
            return path.append("/*").toString();
        }
        String schema = kind == Names.Kind.SCHEMA ? name : within.schemaOrPublic();
        path.append("/schema/").append(PercentEncoding.encode(schema)).append('/');
        return path.append(kind == Names.Kind.TABLE ? PercentEncoding.encode(name) : "*")
                .toString();
    }

    @Override
    public Future<Hearing> watch(Caller caller, String uri) {
        return watch.begin(caller, resolve(caller, uri).orElseThrow(() -> notFound(uri)));
    }

    @Override
    public String view(Caller caller, String uri) {
        Place place =
                ResourceUri.parse(uri).map(ResourceUri::place).orElseThrow(() -> notFound(uri));
        return databases.view(caller, place.connection().toString(), place.database());
    }

    private static ProblemException notFound(String uri) {
        return new Problem.NotFound("resource", uri).exception();
    }
}
