package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.own.OwnKind;
import dev.drawbridge.gateway.own.OwnStatements;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.arc.All;
import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Own tools, as one of the kinds of what people define.
@Singleton
final class OwnToolKind implements OwnKind<OwnToolDefinition, OwnTool> {
    private final OwnStatements statements;
    private final OwnToolParts parts;
    private final Set<String> builtIn;

    OwnToolKind(OwnStatements statements, OwnToolParts parts, @All List<Tool> builtIn) {
        this.statements = statements;
        this.parts = parts;
        this.builtIn =
                builtIn.stream().map(tool -> tool.definition().name()).collect(Collectors.toSet());
    }

    @Override
    public String word() {
        return "tool";
    }

    @Override
    public Class<OwnToolDefinition> form() {
        return OwnToolDefinition.class;
    }

    @Override
    public Actions actions() {
        return new Actions(
                GatewayAction.TOOL_DEFINE, GatewayAction.TOOL_CHANGE, GatewayAction.TOOL_REMOVE);
    }

    @Override
    public ProtectedObject object(OwnToolDefinition tool) {
        return ProtectedObject.tool(tool.name());
    }

    @Override
    public Change changed(Audience audience) {
        return new Change.Tools(audience);
    }

    @Override
    public boolean isBuiltIn(String name) {
        return builtIn.contains(name);
    }

    @Override
    public void requireRights(Caller caller, OwnToolDefinition tool) {
        if (tool.writes()) {
            statements.requireWritable(caller, tool.place());
        } else {
            statements.requireReadable(caller, tool.place());
        }
    }

    @Override
    public Future<Described> check(String tenant, OwnToolDefinition tool) {
        Future<Described> described =
                tool.writes()
                        ? statements.writing(tenant, tool.place(), tool.named())
                        : statements.reading(tenant, tool.place(), tool.named());
        return described.map(found -> {
            OwnSchema.input(tool, found);
            OwnSchema.output(tool, found);
            return found;
        });
    }

    @Override
    public OwnTool make(String tenant, OwnToolDefinition tool, Described described) {
        return new OwnTool(tenant, tool, described, parts);
    }
}
