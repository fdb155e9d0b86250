package dev.drawbridge.gateway.resource;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A part of the list of resources.
///
/// @param nextCursor for the part behind it; null for the last one
public record ResourcePage(List<ResourceDescription> resources, @Nullable String nextCursor) {}
