package dev.drawbridge.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.smallrye.mutiny.Uni;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/// The two calls that every service makes to auth-service. Configured as
/// `quarkus.rest-client.auth`.
@RegisterRestClient(configKey = "auth")
@Path("/api/v1/auth")
interface AuthClient {
    String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    String OPAQUE_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    /// Token exchange (RFC 8693 section 2.1), with the address of who sent the credential to us.
    @POST
    @Path("exchange")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<Exchanged> exchange(
            @FormParam("grant_type") String grantType,
            @FormParam("subject_token") String subjectToken,
            @FormParam("subject_token_type") String subjectTokenType,
            @FormParam("client_address") @Nullable String clientAddress);

    /// The public signing keys, a JWK set (RFC 7517 section 5) as text.
    @GET
    @Path("jwks")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<String> jwks();

    /// RFC 8693 section 2.2.1.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Exchanged(@JsonProperty("access_token") String accessToken) {}
}
