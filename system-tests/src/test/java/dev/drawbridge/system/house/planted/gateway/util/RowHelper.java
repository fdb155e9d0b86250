package dev.drawbridge.system.house.planted.gateway.util;

/// Planted: a junk drawer.
public final class RowHelper {}
