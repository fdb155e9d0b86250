package dev.drawbridge.auth.name;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// The names of tenants.
public final class Tenant {
    /// The one that is there from the start, where the suite's operators are.
    public static final String DEFAULT = "default";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Tenant() {}

    /// The tenant that a request names; [#DEFAULT] where it names none.
    public static String orDefault(@Nullable String told) {
        return told == null ? DEFAULT : told;
    }

    /// Whether there may be a tenant of this name, as the table has it. Other texts, some of which
    /// PostgreSQL cannot read, name none.
    public static boolean isName(String text) {
        return FORM.matcher(text).matches();
    }
}
