package dev.drawbridge.gateway.resource;

import java.util.List;
import java.util.stream.Stream;

/// The forms of [ResourceUri] as templates.
final class DatabaseTemplates {
    private static final String OWN = "pg://{connection}";
    private static final String OTHER = OWN + "/database/{database}";

    static final List<TemplateDescription> ALL =
            Stream.concat(
                            of(OWN, "", "", "a connection's database").stream(),
                            of(
                                    OTHER,
                                    "database-",
                                    " of another database",
                                    "another database of a connection")
                                    .stream())
                    .toList();

    private DatabaseTemplates() {}

    /// The name of the template that a URI is one of.
    static String nameOf(ResourceUri uri) {
        String form =
                switch (uri) {
                    case ResourceUri.Info _ -> "server";
                    case ResourceUri.Schemas _ -> "schemas";
                    case ResourceUri.Schema _ -> "schema";
                    case ResourceUri.Table _ -> "table";
                };
        return (uri.place().database() == null ? "" : "database-") + form;
    }

    private static List<TemplateDescription> of(
            String place, String prefix, String suffix, String whose) {
        return List.of(
                new TemplateDescription(
                        place + "/info",
                        prefix + "server",
                        "Server" + suffix,
                        "The server of " + whose + ": version, size, schemas, extensions.",
                        "application/json"),
                new TemplateDescription(
                        place + "/schema",
                        prefix + "schemas",
                        "Schemas" + suffix,
                        "The schemas of " + whose + ", with how many tables and views are in each.",
                        "application/json"),
                new TemplateDescription(
                        place + "/schema/{schema}",
                        prefix + "schema",
                        "Schema" + suffix,
                        "The tables and views of a schema of "
                                + whose
                                + ": kind, estimate of rows, comment.",
                        "application/json"),
                new TemplateDescription(
                        place + "/schema/{schema}/{table}",
                        prefix + "table",
                        "Table" + suffix,
                        "A table or view of " + whose + ": columns, comments, keys, indexes.",
                        "application/json"));
    }
}
