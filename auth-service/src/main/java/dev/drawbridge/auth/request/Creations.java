package dev.drawbridge.auth.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.identity.Digest;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.MessageDigest;
import java.util.function.Supplier;

/// Makes a thing once, however often its request is repeated with the same `Idempotency-Key`: the
/// same request gets the same answer for a day, another one under that key is refused.
///
/// Key, thing and answer are written in one transaction, so a repetition that arrives meanwhile
/// waits for the first.
@Singleton
public final class Creations {
    private static final String HEADER = "Idempotency-Key";
    private static final String KEY_FORM = "[\\x21-\\x7e]{1,200}";

    private final Db db;
    private final IdempotencyRepository answers;
    private final SecretBox secrets;
    private final ObjectMapper json;

    Creations(Db db, IdempotencyRepository answers, SecretBox secrets, ObjectMapper json) {
        this.db = db;
        this.answers = answers;
        this.secrets = secrets;
        this.json = json;
    }

    /// Runs `work` in a transaction unless this creation was made before.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `CONFLICT` when the key stands for another
    ///   request, or for one whose answer held a secret
    public Response once(Creation creation, Supplier<Created> work) {
        String key = creation.key();
        if (key == null) {
            return answer(creation, db.transaction(work));
        }
        if (!key.matches(KEY_FORM)) {
            throw new Problem.Invalid(HEADER, "must be 1 to 200 visible ASCII characters")
                    .exception();
        }
        byte[] digest = digest(creation);
        return db.transaction(() -> {
            var claim = new IdempotencyRepository.Claim(creation.caller(), key);
            if (!answers.claim(claim, secrets.seal(purpose(claim), digest))) {
                return repeated(claim, digest);
            }
            Created created = work.get();
            Response response = answer(creation, created);
            if (!created.secret()) {
                answers.remember(
                        claim,
                        response.getLocation().toString(),
                        etag(created.version()),
                        text(created.body()));
            }
            return response;
        });
    }

    private Response repeated(IdempotencyRepository.Claim claim, byte[] digest) {
        var first = answers.get(claim);
        if (!MessageDigest.isEqual(secrets.open(purpose(claim), first.request()), digest)) {
            throw new Problem.Conflict("This Idempotency-Key was used for another request.")
                    .exception();
        }
        if (first.answer() == null || first.location() == null) {
            throw new Problem.Conflict(
                            "This request was already created; its secret was shown that once.")
                    .exception();
        }
        return Response.created(URI.create(first.location()))
                .header("ETag", first.etag())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(first.answer())
                .build();
    }

    private static Response answer(Creation creation, Created created) {
        return Response.created(URI.create(creation.path() + "/" + created.id()))
                .header("ETag", etag(created.version()))
                .header("Cache-Control", created.secret() ? "no-store" : null)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(created.body())
                .build();
    }

    private static @Nullable String etag(@Nullable Long version) {
        return version == null ? null : "\"" + version + "\"";
    }

    private byte[] digest(Creation creation) {
        return Digest.of(creation.path() + '\0' + text(creation.request()));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String purpose(IdempotencyRepository.Claim claim) {
        return "idempotency:" + claim.caller().id() + ":" + claim.key();
    }
}
