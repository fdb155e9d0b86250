/// Prompts that a team writes itself.
@NullMarked
package dev.drawbridge.gateway.prompt.own;

import org.jspecify.annotations.NullMarked;
