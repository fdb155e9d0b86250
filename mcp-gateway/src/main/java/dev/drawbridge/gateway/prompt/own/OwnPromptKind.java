package dev.drawbridge.gateway.prompt.own;

import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.own.OwnKind;
import dev.drawbridge.gateway.prompt.BuiltInPrompts;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.ProtectedObject;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

/// Own prompts, as one of the kinds of what people define. They need no database.
@Singleton
final class OwnPromptKind implements OwnKind<OwnPromptDefinition, OwnPrompt> {
    private final BuiltInPrompts builtIn;

    OwnPromptKind(BuiltInPrompts builtIn) {
        this.builtIn = builtIn;
    }

    @Override
    public String word() {
        return "prompt";
    }

    @Override
    public Class<OwnPromptDefinition> form() {
        return OwnPromptDefinition.class;
    }

    @Override
    public Actions actions() {
        return new Actions(
                GatewayAction.PROMPT_DEFINE,
                GatewayAction.PROMPT_CHANGE,
                GatewayAction.PROMPT_REMOVE);
    }

    @Override
    public ProtectedObject object(OwnPromptDefinition prompt) {
        return ProtectedObject.prompt(prompt.name());
    }

    @Override
    public Change changed(Audience audience) {
        return new Change.Prompts(audience);
    }

    @Override
    public boolean isBuiltIn(String name) {
        return builtIn.isTaken(name);
    }

    @Override
    public void requireRights(Caller caller, OwnPromptDefinition prompt) {
        // It gives nobody anything but words.
    }

    @Override
    public Future<Described> check(String tenant, OwnPromptDefinition prompt) {
        return Future.succeededFuture(Described.NOTHING);
    }

    @Override
    public OwnPrompt make(String tenant, OwnPromptDefinition prompt, Described described) {
        return new OwnPrompt(prompt);
    }
}
