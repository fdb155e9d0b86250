package dev.drawbridge.gateway.login;

import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.concurrent.TimeUnit;

/// Looks up the caller behind HTTP Basic before the request is authenticated, so that what is no
/// refusal of the credential (too many attempts, a login that may not) is answered as itself.
/// Offers Basic in a 401 where a connection takes it.
@Singleton
final class DatabaseSignOn {
    /// Where [LoginMechanism] finds who a login was found to be.
    static final String IDENTITY = "drawbridge.database-login";

    /// The realm tells a person at a terminal how to write the user name.
    private static final String CHALLENGE =
            "Basic realm=\"login@connection-id\", charset=\"UTF-8\"";

    private static final int UNAUTHORIZED = 401;

    /// Early: handlers of a response's headers run last one first, and ours adds to what others
    /// set.
    private static final int EARLY = 8_000;

    /// Behind CORS (300), before authentication (200).
    private static final int BEFORE_AUTHENTICATION = 250;

    private final Connections connections;
    private final DatabaseLogins logins;
    private final ClientAddresses addresses;
    private final Vertx vertx;
    private final long refusalNanos;

    DatabaseSignOn(
            Connections connections,
            DatabaseLogins logins,
            ClientAddresses addresses,
            Vertx vertx,
            LoginConfig config) {
        this.connections = connections;
        this.logins = logins;
        this.addresses = addresses;
        this.vertx = vertx;
        this.refusalNanos = config.refusalTime().toNanos();
    }

    void register(@Observes Filters filters) {
        filters.register(this::offer, EARLY);
        filters.register(this::signOn, BEFORE_AUTHENTICATION);
    }

    private void offer(RoutingContext context) {
        if (connections.anyTakesLogins()) {
            context.addHeadersEndHandler(_ -> {
                if (context.response().getStatusCode() == UNAUTHORIZED) {
                    context.response().headers().add("WWW-Authenticate", CHALLENGE);
                }
            });
        }
        context.next();
    }

    private void signOn(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (!BasicCredential.isIn(authorization)) {
            context.next();
            return;
        }
        long started = System.nanoTime();
        ClientAddress address = addresses.of(context.request());
        Future<SecurityIdentity> identity =
                BasicCredential.parse(authorization)
                        .map(credential ->
                                logins.caller(credential, address)
                                        .map(caller ->
                                                CurrentCaller.identity(caller, address.text())))
                        .orElseGet(() -> Future.failedFuture(logins.refuse(address)));
        if (identity.succeeded()) {
            goOn(context, identity);
        } else {
            identity.onComplete(judged -> onItsThread(context, started, judged));
        }
    }

    private void onItsThread(
            RoutingContext context, long started, AsyncResult<SecurityIdentity> judged) {
        var own = ((HttpServerRequestInternal) context.request()).context();
        long rest = TimeUnit.NANOSECONDS.toMillis(refusalNanos - (System.nanoTime() - started));
        if (isRefusal(judged) && rest > 0) {
            vertx.setTimer(rest, _ -> own.runOnContext(_ -> goOn(context, judged)));
        } else {
            own.runOnContext(_ -> goOn(context, judged));
        }
    }

    private static void goOn(RoutingContext context, AsyncResult<SecurityIdentity> judged) {
        if (judged.succeeded()) {
            context.put(IDENTITY, judged.result());
            context.next();
        } else if (isRefusal(judged)) {
            context.next();
        } else {
            Answers.problem(
                    context,
                    judged.cause() instanceof ProblemException known
                            ? known.problem()
                            : ProblemMapper.internal(judged.cause()));
        }
    }

    private static boolean isRefusal(AsyncResult<SecurityIdentity> judged) {
        return judged.cause() instanceof ProblemException known
                && known.problem() instanceof Problem.Unauthenticated;
    }
}
