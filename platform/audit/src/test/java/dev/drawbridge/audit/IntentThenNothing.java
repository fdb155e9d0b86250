package dev.drawbridge.audit;

import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import java.nio.file.Path;
import java.time.Duration;

/// A process that records what it is about to do, says so, and never comes to do it. Run by
/// [IntentCrashTest], which kills it.
final class IntentThenNothing {
    private IntentThenNothing() {}

    /// @param arguments the datastore's port, the data key's file
    public static void main(String[] arguments) throws InterruptedException {
        var pool = AuditStore.pool(Integer.parseInt(arguments[0]), "gateway");
        var chain = AuditChain.of(new Db(pool), "gateway", SecretBox.of(Path.of(arguments[1])));
        var trail = AuditTrail.of(chain);
        AuditChain.Place place =
                trail.addNow(AuditStore.pending("tool:write"), Duration.ofSeconds(10)).join();
        System.out.println("recorded " + place);
        Thread.sleep(Duration.ofMinutes(5));
    }
}
