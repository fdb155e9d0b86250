package dev.drawbridge.gateway.resource;

/// A resource in a list.
///
/// @param name for programs, which no other has
/// @param title for people
public record ResourceDescription(
        String uri, String name, String title, String description, String mimeType) {}
