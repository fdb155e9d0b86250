package dev.drawbridge.gateway.own;

import dev.drawbridge.identity.CurrentCaller;

import jakarta.inject.Singleton;

/// What every API of definitions works with.
@Singleton
public record OwnApiParts(
        OwnRepository repository,
        RecordedOwn recorded,
        OwnShelves shelves,
        CurrentCaller current) {}
