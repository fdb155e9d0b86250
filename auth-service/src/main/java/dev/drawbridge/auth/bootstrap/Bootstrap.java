package dev.drawbridge.auth.bootstrap;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.auth.password.ChosenPasswords;
import dev.drawbridge.auth.user.User;
import dev.drawbridge.auth.user.UserRepository;
import dev.drawbridge.sql.Db;

import io.quarkus.runtime.StartupEvent;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the tenant `default`, and while there is nobody who could sign in, the superuser `admin`.
@Singleton
final class Bootstrap {
    private static final Logger LOG = Logger.getLogger(Bootstrap.class);
    private static final int BEFORE_THE_REST = 100;
    private static final String ADMIN = "admin";

    private final Db db;
    private final BootstrapRepository repository;
    private final UserRepository users;
    private final ChosenPasswords passwords;
    private final BootstrapConfig config;
    private final Audit audit;

    Bootstrap(
            Db db,
            BootstrapRepository repository,
            UserRepository users,
            ChosenPasswords passwords,
            BootstrapConfig config,
            Audit audit) {
        this.db = db;
        this.repository = repository;
        this.users = users;
        this.passwords = passwords;
        this.config = config;
        this.audit = audit;
    }

    void start(@Observes @Priority(BEFORE_THE_REST) StartupEvent event) {
        if (repository.hasUsers()) {
            return;
        }
        db.transaction(() -> {
            repository.lock();
            repository.addTenant(Tenant.DEFAULT);
            Optional<Path> file = config.adminPasswordFile();
            if (file.isEmpty()) {
                LOG.warn(
                        "There is no user yet. Write a password of at least 12 characters to a file"
                                + " and start with auth.bootstrap.admin-password-file=<path>.");
            } else if (!repository.hasUsers()) {
                addAdmin(hash(file.get()));
            }
            return file;
        });
    }

    private void addAdmin(String passwordHash) {
        User admin =
                users.insert(
                        Tenant.DEFAULT,
                        new UserRepository.Draft(
                                Name.username("username", ADMIN),
                                passwordHash,
                                true,
                                true,
                                Map.of()));
        audit.record(
                Act.byStranger(Tenant.DEFAULT, AuthAction.USER_CREATE, "user:" + admin.id())
                        .with("after", admin));
        LOG.infof("The first user is %s, with the password from the file.", ADMIN);
    }

    private String hash(Path file) {
        try {
            return passwords.hash(
                    "auth.bootstrap.admin-password-file",
                    Files.readString(file).strip(),
                    List.of(ADMIN));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The administrator's password file", unreadable);
        }
    }
}
