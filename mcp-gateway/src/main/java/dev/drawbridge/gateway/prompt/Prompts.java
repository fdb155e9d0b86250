package dev.drawbridge.gateway.prompt;

import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.arc.All;

import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.List;

/// All prompts, by name.
@Singleton
public final class Prompts {
    private final List<Prompt> prompts;

    Prompts(@All List<Prompt> prompts) {
        this.prompts = prompts.stream().sorted(Comparator.comparing(Prompt::name)).toList();
    }

    public List<Prompt> list() {
        return prompts;
    }

    public boolean isVisible(Caller caller, String name) {
        return Authorization.may(caller, Level.READ, ProtectedObject.prompt(name));
    }
}
