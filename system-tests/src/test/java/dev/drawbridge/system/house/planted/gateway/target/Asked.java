package dev.drawbridge.system.house.planted.gateway.target;

import dev.drawbridge.system.house.planted.gateway.tool.AskTool;

/// Planted: the other half of a cycle.
public record Asked(AskTool by) {}
