/// Prompts that a team writes itself, as files.
@NullMarked
package dev.drawbridge.gateway.prompt.own;

import org.jspecify.annotations.NullMarked;
