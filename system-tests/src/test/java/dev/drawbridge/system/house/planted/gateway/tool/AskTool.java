package dev.drawbridge.system.house.planted.gateway.tool;

import dev.drawbridge.system.house.planted.auth.user.Person;
import dev.drawbridge.system.house.planted.gateway.target.Asked;

/// Planted: knows a class of another service, and makes a cycle of two features.
public record AskTool(Person who, Asked asked) {}
