package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What one document of a file says.
///
/// @param source file and number of the document in it, for people
/// @param tenant whose it is
/// @param kind `tool`, `resource` or `prompt`; another one is nobody's
/// @param body the rest of it
public record OwnDocument(String source, String tenant, String kind, ObjectNode body) {
    /// As long as a tenant's name may be.
    static final int LONGEST_TENANT = 200;
}
