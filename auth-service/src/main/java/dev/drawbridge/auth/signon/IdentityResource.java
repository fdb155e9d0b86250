package dev.drawbridge.auth.signon;

import dev.drawbridge.auth.external.ExternalIdentity;
import dev.drawbridge.auth.external.ExternalUsers;
import dev.drawbridge.auth.oidc.OidcConfig;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.oidc.Providers;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;

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

/// One's own identities at providers. Adding and removing them needs a session that began a moment
/// ago: whoever found a browser open, or holds a token, gets no lasting way in.
@Path(Addresses.PATH)
@RunOnVirtualThread
@Authenticated
final class IdentityResource {
    private final Providers providers;
    private final SignOn signOn;
    private final Addresses addresses;
    private final SignOnRepository repository;
    private final ExternalUsers users;
    private final OidcConfig config;
    private final CurrentCaller caller;

    IdentityResource(
            Providers providers,
            SignOn signOn,
            Addresses addresses,
            SignOnRepository repository,
            ExternalUsers users,
            OidcConfig config,
            CurrentCaller caller) {
        this.providers = providers;
        this.signOn = signOn;
        this.addresses = addresses;
        this.repository = repository;
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
        Caller owner = requireFresh();
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
        Caller owner = caller.get();
        return new Identities(users.list(owner.tenant(), owner.id()));
    }

    @DELETE
    @Path("identities/{id}")
    public void unlink(UUID id) {
        Caller owner = requireFresh();
        users.unlink(owner.tenant(), owner.id(), id);
    }

    private Caller requireFresh() {
        Caller owner = caller.get();
        boolean fresh =
                owner.credential().type() == CredentialType.SESSION
                        && repository.isYoung(
                                owner.tenant(),
                                owner.credential().id(),
                                config.linkWithin().toSeconds());
        if (!fresh) {
            throw new Problem.Forbidden("of a session that began a moment ago: sign in again")
                    .exception();
        }
        return owner;
    }
}
