package dev.drawbridge.sql;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The data keys of this process, as their file has them by now. A file that is broken while the
/// process runs changes nothing but what [#problem] says.
@Singleton
final class DataKeyFile {
    private static final Logger LOG = Logger.getLogger(DataKeyFile.class);

    private final Path file;
    private final AtomicReference<DataKeys> keys;
    private volatile Optional<DataKeyException> problem = Optional.empty();

    /// @throws DataKeyException when the file is broken, which stops the start
    @Inject
    DataKeyFile(DataKeyConfig config) {
        this(config.dataKey().file());
    }

    DataKeyFile(Path file) {
        this.file = file;
        this.keys = new AtomicReference<>(DataKeys.read(file));
    }

    DataKeys keys() {
        return Objects.requireNonNull(keys.get());
    }

    /// What was wrong with the file when it was last read.
    Optional<DataKeyException> problem() {
        return problem;
    }

    /// Reads the file again.
    void reload() {
        try {
            DataKeys read = DataKeys.read(file);
            DataKeys before = keys();
            DataKeys after = keys.updateAndGet(read::replacing);
            if (!after.ids().equals(before.ids())) {
                LOG.infof("The data keys are %s now; the first one seals", after.ids());
            } else if (problem.isPresent()) {
                LOG.info("The data key file is as it should be again");
            }
            problem = Optional.empty();
        } catch (DataKeyException broken) {
            if (!problem.map(DataKeyException::getMessage)
                    .equals(Optional.ofNullable(broken.getMessage()))) {
                LOG.warnf("%s The keys stay as they were", broken.getMessage());
            }
            problem = Optional.of(broken);
        }
    }

    /// Forgets the keys that the file does not list any more and that nothing needs.
    ///
    /// @param needed the keys that something stored names
    void forget(Set<String> needed) {
        keys.updateAndGet(known -> known.keeping(needed));
    }
}
