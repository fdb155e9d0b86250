package dev.drawbridge.identity;

import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.http.HttpServerRequest;

/// A request that was answered with 401 before any endpoint saw it.
///
/// @param told what it was answered
public record Challenge(HttpServerRequest request, ProblemDetails told) {}
