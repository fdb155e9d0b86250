package dev.drawbridge.gateway.resource.own;

import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.tool.Databases;

import jakarta.inject.Singleton;

/// What every own resource is read with.
@Singleton
record OwnResourceParts(Connections connections, Databases databases, SqlGuard guard) {}
