/// Runbooks of a DBA for agents to follow, as beginnings of a conversation. Their texts and SQL are
/// files in `prompt/`.
@NullMarked
package dev.drawbridge.gateway.prompt;

import org.jspecify.annotations.NullMarked;
