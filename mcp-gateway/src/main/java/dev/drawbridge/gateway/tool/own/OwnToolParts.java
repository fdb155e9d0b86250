package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.database.ConfirmedWrites;

import jakarta.inject.Singleton;

/// What every own tool is run with.
@Singleton
record OwnToolParts(
        Connections connections, Databases databases, SqlGuard guard, ConfirmedWrites writes) {}
