package dev.drawbridge.auth.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// Letters to people.
@ConfigMapping(prefix = "auth.mail")
public interface MailConfig {
    /// The sender. Without one there is no mail server: administrators get links to hand over. The
    /// server itself is `quarkus.mailer.host`, `.port`, `.username`, `.password`, `.start-tls`.
    Optional<String> from();

    /// How long the server may take over a letter; then it counts as not sent.
    @WithDefault("30s")
    Duration timeout();

    /// How many letters may wait to be sent before a request for one is refused as `OVERLOADED`.
    @WithDefault("100")
    int queue();
}
