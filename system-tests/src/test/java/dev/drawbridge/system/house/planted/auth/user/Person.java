package dev.drawbridge.system.house.planted.auth.user;

import io.vertx.sqlclient.Row;

/// Planted: touches the SQL client, and is no repository.
public record Person(Row row) {}
