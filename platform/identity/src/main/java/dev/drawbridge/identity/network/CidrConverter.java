package dev.drawbridge.identity.network;

import dev.drawbridge.problem.ProblemException;

import org.eclipse.microprofile.config.spi.Converter;

/// Reads a network from configuration.
public final class CidrConverter implements Converter<Cidr> {
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
