package dev.drawbridge.local;

import dev.drawbridge.audit.AuditProof;
import dev.drawbridge.audit.AuditReport;
import dev.drawbridge.audit.Finding;
import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.home.JsonFile;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.postgres.Datastore;
import dev.drawbridge.local.postgres.DatastoreUrl;
import dev.drawbridge.local.postgres.EmbeddedPostgres;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.summary.Summary;
import dev.drawbridge.sql.SecretBox;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "verify",
        description = {
            "Proves that no record of the audit is missing, changed or forged, and names those that"
                    + " are.",
            "Exits with 0 when all is proved, 3 when something is wrong, 4 when nothing is wrong but"
                    + " seals could not be judged for want of their key, 1 when it cannot be"
                    + " read."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int WRONG = 3;
    private static final int UNPROVED = 4;

    @Mixin private final HomeOption home = new HomeOption();

    @Option(
            names = "--datastore",
            paramLabel = "<url>",
            description = "The PostgreSQL that up was given, instead of the embedded one.")
    private Optional<String> datastore = Optional.empty();

    @Option(
            names = "--save",
            paramLabel = "<file>",
            description = "Write down where the chains end, to be kept outside the datastore.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "<file>",
            description = "Compare with what --save wrote down earlier.")
    private Optional<Path> against = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    /// What `--save` writes.
    record Kept(List<AuditReport.Standing> heads) {}

    @Override
    public Integer call() {
        Home opened = home.open();
        AuditReport report = prove(opened);
        save.ifPresent(file -> JsonFile.write(file.toAbsolutePath(), new Kept(report.heads())));
        if (json) {
            System.out.println(JsonFile.text(report));
        } else {
            print(report);
        }
        if (report.isProved()) {
            return 0;
        }
        return report.findings().stream()
                        .allMatch(finding -> finding.kind() == Finding.Kind.SEAL_UNPROVED)
                ? UNPROVED
                : WRONG;
    }

    private AuditReport prove(Home opened) {
        List<AuditReport.Standing> kept = against.map(AuditVerifyCommand::kept).orElse(List.of());
        Datastore store =
                datastore
                        .map(url -> DatastoreUrl.parse(url, System.getenv()))
                        .orElseGet(() -> embedded(opened));
        var secrets = new Secrets(opened);
        if (!secrets.exists(Secrets.DATA_KEY)) {
            throw new LaunchException(
                    "There is no data key in "
                            + opened.secrets()
                            + "; without it nothing is proved.");
        }
        try (Connection connection = store.server().connect(store.database())) {
            String[] schemas = audited(connection).toArray(String[]::new);
            if (schemas.length == 0) {
                throw new LaunchException("There is no audit in " + store.url() + ".");
            }
            return AuditProof.of(connection, SecretBox.of(secrets.dataKeyFile()), kept, schemas);
        } catch (SQLException failure) {
            throw new LaunchException("The audit cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// The embedded PostgreSQL, where the last `up` had it.
    private static Datastore embedded(Home opened) {
        URI url =
                Summary.kept(opened)
                        .map(kept -> URI.create(kept.datastore().url()))
                        .orElseThrow(() ->
                                new LaunchException(
                                        "Nothing is running: start it, or say --datastore."));
        return new EmbeddedPostgres(
                        opened, new Children(opened), new Secrets(opened), url.getPort())
                .datastore();
    }

    private static List<String> audited(Connection connection) throws SQLException {
        List<String> audited = new ArrayList<>();
        try (var statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            for (String schema : ServiceSpec.schemas()) {
                statement.setString(1, schema + ".audit_record");
                try (var row = statement.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        audited.add(schema);
                    }
                }
            }
        }
        return audited;
    }

    private static List<AuditReport.Standing> kept(Path file) {
        if (!Files.isReadable(file)) {
            throw new LaunchException("The file " + file + " cannot be read.");
        }
        return JsonFile.read(file, Kept.class)
                .map(Kept::heads)
                .orElseThrow(() -> new LaunchException(file + " is not what --save writes."));
    }

    private static void print(AuditReport report) {
        report.findings()
                .forEach(finding ->
                        System.out.printf(
                                "%-14s %-24s %s%n",
                                finding.kind(),
                                finding.record() == null ? finding.chain() : finding.record(),
                                finding.sentence()));
        report.unfinished()
                .forEach(intent ->
                        System.out.printf(
                                "%-14s %-24s %s%n",
                                "unfinished",
                                intent,
                                "It was recorded before it ran; what came of it is not."));
        System.out.printf(
                "%d of %d records in %d chains are proved.%n",
                report.proved(), report.records(), report.heads().size());
    }
}
