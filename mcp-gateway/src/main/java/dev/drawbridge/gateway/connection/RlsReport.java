package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.Rls;

import java.util.List;

/// What a trial of a target found of row-level identity there.
///
/// @param declared by the connection
/// @param holds what the target really goes by; `none` where what is declared does not work there
/// @param findings why, and where rows get past it, in sentences
public record RlsReport(Rls.Mode declared, Rls.Mode holds, List<String> findings) {}
