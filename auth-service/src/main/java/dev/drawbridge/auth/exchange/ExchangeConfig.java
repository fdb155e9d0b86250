package dev.drawbridge.auth.exchange;

import dev.drawbridge.auth.network.Cidr;
import dev.drawbridge.problem.ProblemException;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

import org.eclipse.microprofile.config.spi.Converter;

import java.util.List;

/// Whom the exchange believes.
@ConfigMapping(prefix = "auth.exchange")
public interface ExchangeConfig {
    /// Networks of the other services. What they say about a client's address is believed; of
    /// anyone else the address of the connection counts.
    @WithDefault("127.0.0.0/8,::1/128")
    List<@WithConverter(CidrConverter.class) Cidr> trustedNetworks();

    /// Reads a network from configuration.
    final class CidrConverter implements Converter<Cidr> {
        private static final long serialVersionUID = 1L;

        @Override
        public Cidr convert(String value) {
            try {
                return Cidr.parse(value.strip());
            } catch (ProblemException invalid) {
                throw new IllegalArgumentException(value + " is no network", invalid);
            }
        }
    }
}
