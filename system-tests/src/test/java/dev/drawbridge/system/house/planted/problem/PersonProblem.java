package dev.drawbridge.system.house.planted.problem;

import dev.drawbridge.system.house.planted.auth.user.Person;

/// Planted: platform that knows a service.
public record PersonProblem(Person person) {}
