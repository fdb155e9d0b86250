package dev.drawbridge.system.suite;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts the suite when the first test asks for it; JUnit closes it behind the last one.
final class SuiteExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SuiteExtension.class);

    private static boolean refused;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Suite.class;
    }

    @Override
    public Suite resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Suite.class, _ -> startOnce(), Suite.class);
    }

    /// A suite that does not start fails the first class with the reason, the others at once.
    private static synchronized Suite startOnce() {
        if (refused) {
            throw new IllegalStateException("the suite did not start: see the first failure");
        }
        refused = true;
        var suite = Suite.start();
        refused = false;
        return suite;
    }
}
