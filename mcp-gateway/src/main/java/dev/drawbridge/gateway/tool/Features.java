package dev.drawbridge.gateway.tool;

import java.util.Set;

/// Names of groups of tools, which a client chooses from at its URL. Own tools may add others.
public final class Features {
    /// What is listed for those who choose nothing.
    public static final String DEFAULT = "default";

    /// Looking at tables and their rows, and changing them.
    public static final String DATABASE = "database";

    /// Looking after a server.
    public static final String OPERATE = "operate";

    /// What needs no database.
    public static final String UTILITY = "utility";

    /// What was defined here.
    public static final String OWN = "own";

    /// Chooses all of them.
    public static final String ALL = "all";

    static final Set<String> BUILT_IN = Set.of(ALL, DEFAULT, DATABASE, OPERATE, UTILITY, OWN);

    private Features() {}
}
