package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.change.Hearing;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.completion.Completion;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;

import io.vertx.core.Future;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Where resources of a kind come from. Whether a caller holds a grant on a URI is asked by
/// [Resources], for all of them alike.
public interface ResourceSource {
    /// Those worth a place in a list, in any order.
    List<ResourceDescription> list(Caller caller);

    /// Those that are there for everybody.
    List<TemplateDescription> templates();

    /// Those that are there for a caller, whatever of them it may read.
    default List<TemplateDescription> templates(Caller caller) {
        return templates();
    }

    /// The URI as grants are on it, if it is one of this source's that the caller may know of.
    ///
    /// @param uri as somebody wrote it
    Optional<String> find(Caller caller, String uri);

    /// The content of a resource that [#find] finds.
    ///
    /// @return fails with `NOT_FOUND` when there is none
    Future<ResourceContent> read(FeatureUse use, String uri, CancelSignal signal);

    /// Names that continue what is written for a variable of a template.
    ///
    /// @param known the variables that are already filled in
    /// @param granted whether something of a URI, or of those that begin so, may be read
    default Future<Completion> complete(
            Caller caller,
            String variable,
            String written,
            Map<String, String> known,
            Predicate<String> granted) {
        return Future.succeededFuture(Completion.NOTHING);
    }

    /// Announces from now on when the content of a resource changes, until it is closed.
    ///
    /// @return fails with `NOT_FOUND`; `DATABASE_UNAVAILABLE` when nobody can say what it is now
    default Future<Hearing> watch(Caller caller, String uri) {
        return Future.succeededFuture(() -> {});
    }

    /// As whom a caller sees a resource, in the words of the changes that [#watch] announces.
    default String view(Caller caller, String uri) {
        return "";
    }
}
