package dev.drawbridge.auth.signon;

import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.external.ExternalIdentity;
import dev.drawbridge.auth.external.ExternalPerson;
import dev.drawbridge.auth.external.ExternalUsers;
import dev.drawbridge.auth.oidc.CodeFlow;
import dev.drawbridge.auth.oidc.OidcConfig;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.oidc.ProviderTokens;
import dev.drawbridge.auth.session.Sessions;
import dev.drawbridge.identity.Digest;
import dev.drawbridge.identity.network.Client;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One sign-on from its start to a session of ours.
@Singleton
final class SignOn {
    private final SignOnRepository repository;
    private final CodeFlow flow;
    private final ProviderTokens tokens;
    private final ExternalUsers users;
    private final Addresses addresses;
    private final ExternalSessions sessions;
    private final OidcConfig config;
    private final RefusedSignOns refusals;

    SignOn(
            SignOnRepository repository,
            CodeFlow flow,
            ProviderTokens tokens,
            ExternalUsers users,
            Addresses addresses,
            ExternalSessions sessions,
            OidcConfig config,
            RefusedSignOns refusals) {
        this.repository = repository;
        this.flow = flow;
        this.tokens = tokens;
        this.users = users;
        this.addresses = addresses;
        this.sessions = sessions;
        this.config = config;
        this.refusals = refusals;
    }

    /// Where the browser goes, and what it keeps until it comes back.
    record Started(URI location, String state, BrowserSecret secret) {}

    /// How the provider answered, through the browser (RFC 6749 section 4.1.2, RFC 9207).
    record Answer(
            @Nullable String state,
            @Nullable String code,
            @Nullable String issuer,
            @Nullable String error) {}

    /// A sign-on that has ended well.
    ///
    /// @param session null where an account was linked: its session goes on
    record Finished(String redirect, Sessions.@Nullable Opened session) {}

    /// Somebody whom the provider vouched for, to the browser that began the sign-on.
    private record Vouched(
            SignOnRepository.Pending pending, ExternalPerson person, String idToken) {}

    /// Begins a sign-on.
    ///
    /// @param link the account to link; null for an ordinary sign-on
    Started start(
            Provider provider, RedirectTarget redirect, SignOnRepository.@Nullable Account link) {
        String state = BrowserSecret.newState();
        var secret = BrowserSecret.generate();
        URI location = flow.authorization(provider, flow(provider, state, secret), link != null);
        repository.begin(
                Digest.of(state),
                secret.sha256(),
                new SignOnRepository.Pending(provider.name(), redirect.text(), link),
                Instant.now().plus(config.signOnTimeout()));
        return new Started(location, state, secret);
    }

    /// Ends a sign-on.
    ///
    /// @param cookies of the browser, by name
    /// @param client where the browser is
    /// @throws ProblemException `VALIDATION_ERROR` for a state that this browser did not begin, or
    ///   that was used; `AUTHENTICATION_ERROR` for whatever the provider did not vouch for
    Finished finish(Provider provider, Answer answer, Map<String, String> cookies, Client client) {
        Vouched vouched =
                refusals.orRecord(
                        () -> RefusedSignOns.at(provider.name(), AuthAction.SIGN_IN),
                        client.address(),
                        () -> vouched(provider, answer, cookies));
        SignOnRepository.Account account = vouched.pending().link();
        return account == null
                ? signedOn(provider, vouched, client)
                : linked(provider, vouched, account, client);
    }

    private Vouched vouched(Provider provider, Answer answer, Map<String, String> cookies) {
        String state = Optional.ofNullable(answer.state()).orElseThrow(SignOn::unknown);
        BrowserSecret secret =
                Optional.ofNullable(cookies.get(Addresses.cookieName(state)))
                        .flatMap(BrowserSecret::parse)
                        .orElseThrow(SignOn::unknown);
        SignOnRepository.Pending pending =
                repository
                        .spend(Digest.of(state), secret.sha256(), provider.name())
                        .orElseThrow(SignOn::unknown);
        String code = code(provider, answer);
        String idToken = flow.redeem(provider, flow(provider, state, secret), code);
        var person =
                ExternalPerson.ofSignOn(
                        provider, tokens.idToken(provider, idToken, secret.nonce(state)));
        return new Vouched(pending, person, idToken);
    }

    private Finished signedOn(Provider provider, Vouched vouched, Client client) {
        ExternalPerson person = vouched.person();
        return refusals.orRecord(
                () -> refusals.signOn(provider.name(), person),
                client.address(),
                () -> {
                    ExternalIdentity identity = users.signOn(provider, person, client.address());
                    return new Finished(
                            vouched.pending().redirect(),
                            sessions.open(identity, person, vouched.idToken(), client));
                });
    }

    private Finished linked(
            Provider provider, Vouched vouched, SignOnRepository.Account account, Client client) {
        ExternalPerson person = vouched.person();
        return refusals.orRecord(
                () -> RefusedSignOns.link(provider.name(), person, account),
                client.address(),
                () -> {
                    users.link(person, account.tenant(), account.user(), client.address());
                    return new Finished(vouched.pending().redirect(), null);
                });
    }

    private static String code(Provider provider, Answer answer) {
        String issuer = answer.issuer();
        boolean mixedUp =
                issuer == null
                        ? provider.metadata().tellsIssuer()
                        : !issuer.equals(provider.issuer());
        if (mixedUp) {
            throw new Problem.Unauthenticated("The answer is not of this identity provider.")
                    .exception();
        }
        String error = answer.error();
        if (error != null) {
            throw new Problem.Unauthenticated(
                            "The identity provider answered: " + CodeFlow.word(error) + ".")
                    .exception();
        }
        return Optional.ofNullable(answer.code())
                .orElseThrow(() -> new Problem.Invalid("code", "is required once").exception());
    }

    private CodeFlow.Flow flow(Provider provider, String state, BrowserSecret secret) {
        return new CodeFlow.Flow(
                state,
                secret.nonce(state),
                secret.verifier(state),
                addresses.callback(provider.name()));
    }

    private static ProblemException unknown() {
        return new Problem.Invalid(
                        "state", "is of no sign-on of this browser, or was used. Sign on again.")
                .exception();
    }
}
