package dev.drawbridge.auth.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.drawbridge.identity.Digest;
import dev.drawbridge.testkit.Secrets;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// An OpenID provider with keys of its own, over HTTP. It signs in, without asking, whoever
/// [#person] says, checks what a provider must (client, redirect URI, PKCE, one use of a code), and
/// can be made to misbehave.
public final class TestProvider implements AutoCloseable {
    public static final String CLIENT = "drawbridge";
    private static final Secrets SECRETS = Secrets.ofThisRun();
    public static final String SECRET = SECRETS.add("s3cret:with/odd+characters");

    public final AtomicInteger keyFetches = new AtomicInteger();
    public final List<PublicJsonWebKey> published = new CopyOnWriteArrayList<>();
    public final JsonObject metadata = new JsonObject();

    /// Claims of who signs in next.
    public volatile Map<String, Object> person = Map.of();

    /// What is done to an ID token's claims before they are signed.
    public volatile UnaryOperator<JwtClaims> tamper = claims -> claims;

    /// The `iss` of the answer; null for none.
    public volatile String answersAs;

    /// A secret among the keys that it publishes; null where it makes no such mistake.
    public volatile JsonWebKey leaked;

    /// What the token endpoint refuses every code with; null where it does not.
    public volatile String refusal;

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    private TestProvider(HttpServer server) {
        this.server = server;
    }

    public static TestProvider start() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var provider = new TestProvider(server);
            provider.reset();
            server.createContext("/.well-known/openid-configuration", provider::configuration);
            server.createContext("/authorize", provider::authorize);
            server.createContext("/token", provider::token);
            server.createContext("/keys", provider::keys);
            server.setExecutor(task -> Thread.ofVirtual().start(task));
            server.start();
            return provider;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As it was at its start, with its present keys.
    public void reset() {
        metadata.clear();
        metadata.put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("end_session_endpoint", issuer() + "/logout?ui=1")
                .put("authorization_response_iss_parameter_supported", true);
        tamper = claims -> claims;
        answersAs = issuer();
        refusal = null;
        leaked = null;
        if (published.isEmpty()) {
            rotate();
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// From now on another key signs, and the ones before are withdrawn.
    public PublicJsonWebKey rotate() {
        PublicJsonWebKey key = newKey();
        published.clear();
        published.add(key);
        return key;
    }

    public static PublicJsonWebKey newKey() {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(UUID.randomUUID().toString());
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Claims that are in order for this audience, of who is to sign in.
    public JwtClaims claims(String audience) {
        return claims(audience, Instant.now());
    }

    public JwtClaims claims(String audience, Instant now) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer());
        claims.setAudience(audience);
        claims.setSubject("subject");
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + 300));
        claims.setGeneratedJwtId();
        person.forEach(claims::setClaim);
        return claims;
    }

    public String sign(JwtClaims claims) {
        return sign(claims, "JWT", "RS256", published.getLast());
    }

    public String sign(JwtClaims claims, String type, String algorithm, PublicJsonWebKey key) {
        var signature = new JsonWebSignature();
        signature.setHeader("typ", type);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return SECRETS.add(signature.getCompactSerialization());
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void configuration(HttpExchange exchange) throws IOException {
        answer(exchange, 200, metadata.encode());
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyFetches.incrementAndGet();
        answer(exchange, 200, keySet());
    }

    /// What it publishes.
    String keySet() {
        List<JsonWebKey> all = new ArrayList<>(published);
        if (leaked != null) {
            all.add(leaked);
        }
        return new JsonWebKeySet(all).toJson(OutputControlLevel.INCLUDE_SYMMETRIC);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(asked.get("client_id"))
                || !"code".equals(asked.get("response_type"))
                || !"S256".equals(asked.get("code_challenge_method"))
                || !List.of(asked.get("scope").split(" ")).contains("openid")) {
            answer(exchange, 400, "{}");
            return;
        }
        String code = SECRETS.add(UUID.randomUUID().toString());
        SECRETS.add(asked.get("state"));
        SECRETS.add(asked.get("nonce"));
        codes.put(code, asked);
        String location =
                asked.get("redirect_uri")
                        + "?session_state=x&code="
                        + code
                        + "&state="
                        + asked.get("state")
                        + (answersAs == null ? "" : "&iss=" + answersAs);
        exchange.getResponseHeaders().add("Location", location);
        answer(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        var form =
                parameters(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String refused = refusal;
        if (refused != null) {
            answer(exchange, 400, new JsonObject().put("error", refused).encode());
            return;
        }
        String basic =
                Base64.getEncoder()
                        .encodeToString(
                                (CLIENT + ":" + "s3cret%3Awith%2Fodd%2Bcharacters")
                                        .getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        if (form.containsKey("code_verifier")) {
            SECRETS.add(form.get("code_verifier"));
        }
        Map<String, String> asked = codes.remove(String.valueOf(form.get("code")));
        if (asked == null
                || !asked.get("redirect_uri").equals(form.get("redirect_uri"))
                || !asked.get("code_challenge").equals(challenge(form.get("code_verifier")))) {
            answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        answer(exchange, 200, tokens(asked.get("nonce")));
    }

    private String tokens(String nonce) {
        JwtClaims claims = claims(CLIENT);
        claims.setClaim("nonce", nonce);
        return new JsonObject()
                .put("access_token", "opaque")
                .put("token_type", "Bearer")
                .put("id_token", sign(tamper.apply(claims)))
                .put("scopes", new JsonArray())
                .encode();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// The parameters of a query or form.
    public static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    public static Map<String, String> parameters(URI uri) {
        return parameters(uri.getRawQuery());
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.of(verifier));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
