package dev.drawbridge.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.report.LaunchException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ServiceBuildTest {
    private static final ServiceSpec SERVICE = ServiceSpec.named("auth-service", 0);

    @TempDir private Path folder;
    private Home home;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        home = Home.open(folder.resolve("home"), folder);
        jar = folder.resolve("auth-service/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "one");
    }

    @Test
    void trains_a_cache_first_and_uses_it_from_then_on() throws IOException {
        var training = option("-XX:AOTCacheOutput=");
        ServiceBuild.of(SERVICE, home, false).cache().trust();
        Files.writeString(Path.of(training), "cache");

        assertThat(option("-XX:AOTCache=")).isEqualTo(training);
    }

    @Test
    void trains_anew_what_a_service_that_never_got_ready_left() throws IOException {
        var training = Path.of(option("-XX:AOTCacheOutput="));
        Files.writeString(training, "cache");

        assertThat(option("-XX:AOTCacheOutput=")).isEqualTo(training.toString());
        assertThat(training).doesNotExist();
    }

    @Test
    void another_build_is_another_fingerprint_and_sweeps_the_old_cache() throws IOException {
        var before = ServiceBuild.of(SERVICE, home, false);
        var outdated = Path.of(option("-XX:AOTCacheOutput="));
        before.cache().trust();
        Files.writeString(outdated, "cache");
        Files.writeString(jar, "another");

        option("-XX:AOTCacheOutput=");

        assertThat(home.aot()).isEmptyDirectory();
        assertThat(ServiceBuild.of(SERVICE, home, false).fingerprint("configuration"))
                .isNotEqualTo(before.fingerprint("configuration"));
    }

    @Test
    void another_configuration_is_another_fingerprint() {
        var build = ServiceBuild.of(SERVICE, home, false);

        assertThat(build.fingerprint("one")).isNotEqualTo(build.fingerprint("two"));
    }

    @Test
    void says_when_there_is_no_native_build() {
        assertThatThrownBy(() -> ServiceBuild.of(SERVICE, home, true))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("auth-service has no native build");
    }

    private String option(String prefix) {
        return ServiceBuild.of(SERVICE, home, false).command().stream()
                .filter(it -> it.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length());
    }
}
