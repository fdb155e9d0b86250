package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.regex.Pattern;

/// Something that is known of a caller, as a value that no model chooses.
///
/// @param source `id`, `username`, `tenant` or `attributes.{name}`
@Schema(type = SchemaType.STRING, examples = "attributes.store_id")
public record OwnClaim(@JsonValue String source) {
    private static final String ATTRIBUTES = "attributes.";
    private static final Pattern SOURCE =
            Pattern.compile("id|username|tenant|attributes\\.[A-Za-z0-9_]{1,100}");

    @JsonCreator
    public OwnClaim {
        if (!SOURCE.matcher(source).matches()) {
            throw OwnText.invalid("from", "must be id, username, tenant or attributes.{name}");
        }
    }

    /// What it is for a caller.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` for a caller without
    ///   it
    public Object of(Caller caller) {
        Object value =
                switch (source) {
                    case "id" -> caller.id().toString();
                    case "username" -> caller.username();
                    case "tenant" -> caller.tenant();
                    default -> caller.attributes().get(source.substring(ATTRIBUTES.length()));
                };
        if (value == null || value.equals("")) {
            throw new Problem.Forbidden("to use this: you have no " + source).exception();
        }
        return value;
    }
}
