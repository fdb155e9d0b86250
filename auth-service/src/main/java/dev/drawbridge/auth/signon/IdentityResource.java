package dev.drawbridge.auth.signon;

import dev.drawbridge.auth.external.ExternalIdentity;
import dev.drawbridge.auth.external.ExternalUsers;
import dev.drawbridge.auth.oidc.OidcConfig;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.oidc.Providers;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/// One's own identities at providers. Adding and removing them needs a recent proof: whoever found
/// a browser open, or holds a token, gets no lasting way in.
@Path(Addresses.PATH)
@RunOnVirtualThread
@Authenticated
final class IdentityResource {
    private final Providers providers;
    private final SignOn signOn;
    private final Addresses addresses;
    private final RecentProof proof;
    private final ExternalUsers users;
    private final OidcConfig config;
    private final CurrentCaller caller;

    IdentityResource(
            Providers providers,
            SignOn signOn,
            Addresses addresses,
            RecentProof proof,
            ExternalUsers users,
            OidcConfig config,
            CurrentCaller caller) {
        this.providers = providers;
        this.signOn = signOn;
        this.addresses = addresses;
        this.proof = proof;
        this.users = users;
        this.config = config;
        this.caller = caller;
    }

    /// @param redirect where the browser goes behind the provider
    record LinkRequest(@Nullable String redirect) {}

    /// @param location where the browser goes to link
    record Link(String location) {}

    record Identities(List<ExternalIdentity> items) {}

    @POST
    @Path("{provider}/link")
    public Response link(String provider, @Nullable LinkRequest body) {
        Caller owner = proof.requireWhole(caller.get());
        Provider chosen = providers.get(provider);
        var target =
                RedirectTarget.parse(
                        body == null ? null : body.redirect(),
                        config.redirectOrigins().orElse(List.of()));
        SignOn.Started started =
                signOn.start(
                        chosen, target, new SignOnRepository.Account(owner.tenant(), owner.id()));
        return Response.ok(new Link(started.location().toString()))
                .header("Cache-Control", "no-store")
                .cookie(addresses.cookie(started))
                .build();
    }

    @GET
    @Path("identities")
    public Identities list() {
        Caller owner = RecentProof.requireNothingPending(caller.get());
        return new Identities(users.list(owner.tenant(), owner.id()));
    }

    @DELETE
    @Path("identities/{id}")
    public void unlink(UUID id) {
        Caller owner = proof.requireWhole(caller.get());
        users.unlink(owner.tenant(), owner.id(), id);
    }
}
