package dev.drawbridge.gateway.sqlguard;

import java.util.List;

/// A statement of an agent's that may be sent as far as its grammar tells.
public sealed interface AgentSql permits ReadOnlySql, WriteSql {
    /// What it names; whether the caller may mean it, only the database can tell.
    List<Mention> mentions();

    /// Whether it is an EXPLAIN that runs what it explains.
    boolean measured();
}
