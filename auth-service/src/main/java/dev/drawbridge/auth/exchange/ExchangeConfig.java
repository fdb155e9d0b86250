package dev.drawbridge.auth.exchange;

import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.identity.network.CidrConverter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

import java.util.List;

/// Whom the exchange believes.
@ConfigMapping(prefix = "auth.exchange")
public interface ExchangeConfig {
    /// Networks of the other services. What they say about a client's address is believed; of
    /// anyone else the address of the connection counts.
    @WithDefault("127.0.0.0/8,::1/128")
    List<@WithConverter(CidrConverter.class) Cidr> trustedNetworks();
}
