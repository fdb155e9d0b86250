package dev.drawbridge.gateway.resource;

/// A form of URIs that can be read, most of which are in no list.
///
/// @param uriTemplate as RFC 6570 has it, level 1: `{variable}` for a percent-encoded name
public record TemplateDescription(
        String uriTemplate, String name, String title, String description, String mimeType) {}
