package dev.drawbridge.system.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.drawbridge.system.suite.Checkout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The classes of all modules, read where Maven built them: this module depends on no service.
public final class HouseClasses {
    private static final Set<String> MODULES =
            Set.of(
                    "platform/problem",
                    "platform/identity",
                    "platform/sql",
                    "platform/audit",
                    "platform/grammar",
                    "platform/pgvector",
                    "platform/testkit",
                    "auth-service",
                    "mcp-gateway",
                    "deploy/local");

    private HouseClasses() {}

    public static JavaClasses all() {
        return new ClassFileImporter()
                .importPaths(MODULES.stream().map(HouseClasses::folder).toList());
    }

    private static Path folder(String module) {
        var classes = Checkout.root().resolve(module).resolve("target/classes/dev/drawbridge");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(module + " is not built");
        }
        return classes;
    }
}
