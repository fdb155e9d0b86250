package dev.drawbridge.gateway.target;

/// A column of an answer.
///
/// @param type PostgreSQL's name of the type, such as `int4` or `timestamptz`; `text` for types
///   that arrive in their textual form
public record Column(String name, String type) {}
