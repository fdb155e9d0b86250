package dev.drawbridge.gateway.own;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drawbridge.gateway.change.Changes;

import jakarta.inject.Singleton;

/// What every shelf works with.
@Singleton
public record OwnShelfParts(OwnRepository repository, Changes changes, ObjectMapper json) {}
