package dev.drawbridge.gateway.resource.own;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.own.OwnItem;
import dev.drawbridge.gateway.own.OwnStatement;
import dev.drawbridge.gateway.resource.ResourceDescription;
import dev.drawbridge.gateway.resource.TemplateDescription;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A resource that somebody defined: a text, or what a statement finds with the rights and the
/// row-level identity of whoever reads it.
///
/// @param statement null for a text
record OwnResource(
        OwnResourceDefinition own, @Nullable OwnStatement statement, OwnResourceParts parts)
        implements OwnItem {
    @Override
    public @Nullable String broken() {
        return statement == null ? null : statement.broken();
    }

    @Override
    public void note(@Nullable String problem) {
        if (statement != null) {
            statement.note(problem);
        }
    }

    /// Whether a caller may read its database, if it has one.
    boolean isFor(Caller caller) {
        return statement == null || statement.isFor(caller, Level.READ);
    }

    ResourceDescription description() {
        return new ResourceDescription(
                own.uri(), own.name(), own.titleOrName(), own.description(), own.type());
    }

    TemplateDescription template() {
        return new TemplateDescription(
                own.uri(), own.name(), own.titleOrName(), own.description(), own.type());
    }

    /// What it says.
    ///
    /// @param uri as it is read
    /// @param values of the URI's variables
    Future<ResourceContent> read(
            FeatureUse use, String uri, Map<String, String> values, CancelSignal signal) {
        String text = own.text();
        return statement == null
                ? Future.succeededFuture(content(uri, String.valueOf(text)))
                : rows(statement, use, values, signal)
                        .map(rows ->
                                content(
                                        uri,
                                        own.type().equals("application/json")
                                                ? "{" + RowsAnswer.fields(rows) + "}"
                                                : rows.tsv()));
    }

    private ResourceContent content(String uri, String text) {
        return new ResourceContent.Text(uri, own.type(), text);
    }

    private Future<EncodedRows> rows(
            OwnStatement kept, FeatureUse use, Map<String, String> values, CancelSignal signal) {
        var database =
                parts.databases()
                        .of(
                                use.caller(),
                                kept.connection().id().toString(),
                                kept.database(),
                                signal,
                                use.reach());
        List<@Nullable Object> given = new ArrayList<>();
        for (String name : kept.sql().names()) {
            var claim = own.from().get(name);
            given.add(claim == null ? values.get(name) : claim.of(use.caller()));
        }
        return kept.used(
                parts.guard()
                        .read(kept.sql().text())
                        .compose(it ->
                                database.encoded(
                                        it, new Statement(it.text(), given, 0, own.rows()))));
    }
}
