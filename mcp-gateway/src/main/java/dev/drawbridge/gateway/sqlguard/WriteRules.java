package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.grammar.ParseTree;

import java.util.List;
import java.util.Set;

/// Holds the tree of one statement against a [WritePolicy].
final class WriteRules extends ReadRules {
    private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");

    private final WritePolicy policy;
    private final WriteMode mode;

    WriteRules(WritePolicy policy, WriteMode mode, ParseTree tree) {
        super(policy.nodes(), tree);
        this.policy = policy;
        this.mode = mode;
    }

    /// Passes for a statement that writes, as far as the mode goes.
    ///
    /// @return what it names
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED`
    @Override
    List<Mention> check(JsonNode statement, int location) {
        String type = type(statement);
        boolean ofSchema = policy.schemaCommands().contains(type);
        if (ofSchema && mode != WriteMode.DDL) {
            throw rejected(
                    "This changes the schema, and the connection's writeMode is dml: it takes"
                            + " INSERT, UPDATE, DELETE and MERGE. Ask its administrator for ddl.",
                    location);
        }
        if (!ofSchema && !policy.commands().contains(type)) {
            String why = policy.refused().get(type);
            throw rejected(
                    why == null
                            ? readable(type) + " is not accepted in a statement that writes."
                            : why,
                    location);
        }
        if (statement.at("/IndexStmt/concurrent").asBoolean()
                || statement.at("/DropStmt/concurrent").asBoolean()
                || statement.at("/RefreshMatViewStmt/concurrent").asBoolean()) {
            throw rejected(
                    "CONCURRENTLY is for other sessions, and what has it cannot run in a"
                            + " transaction or locks for long. Leave it out.",
                    location);
        }
        if (type.equals("SelectStmt") && !WriteTree.changesRows(statement)) {
            throw rejected("This only reads. Use query_database.", location);
        }
        node(statement, location);
        return named();
    }

    /// What a statement destroys is worked out by recursion.
    @Override
    void depth(int depth, int location) {
        if (depth > policy.depth()) {
            throw rejected(
                    "This is nested more than " + policy.depth() + " deep. Write it flatter.",
                    location);
        }
    }

    @Override
    void names(String type, JsonNode node, int location) {
        super.names(type, node, location);
        String target = policy.targets().get(type);
        if (target != null) {
            requireOwn(node.path(target), location);
        }
        if (type.equals("RangeVar")
                && (node.path("relpersistence").asText().equals("t")
                        || node.path("schemaname").asText().startsWith("pg_temp"))) {
            throw rejected(
                    "Temporary tables end with the call. Use WITH for what one statement needs.",
                    location);
        }
        policy.kinds()
                .forEach((field, kinds) -> {
                    if (field.startsWith(type + '.')) {
                        requireKind(node.path(field.substring(type.length() + 1)), kinds, location);
                    }
                });
    }

    private void requireKind(JsonNode kind, Set<String> kinds, int location) {
        if (!kinds.contains(kind.asText())) {
            throw rejected(
                    WriteTree.readable(kind.asText())
                            + " is not accepted in a statement that writes: it may change who sees"
                            + " what, or run code. It is an administrator's.",
                    location);
        }
    }

    /// A name that may be one of the system's: `update pg_settings` is a `set_config`.
    private void requireOwn(JsonNode target, int location) {
        if (target.isArray()) {
            target.forEach(one -> requireOwn(one.path("RangeVar"), location));
            return;
        }
        String schema = target.path("schemaname").asText();
        String name = target.path("relname").asText();
        boolean mayBeSystem = schema.isEmpty() && name.startsWith("pg_");
        if (mayBeSystem || SYSTEM.contains(schema) || schema.startsWith("pg_toast")) {
            throw rejected(
                    "What belongs to the system is not written to. If "
                            + name
                            + " is a table of yours, name its schema.",
                    target.path("location").asInt(location));
        }
    }
}
