/// Ready-made beginnings of a conversation about a database.
@NullMarked
package dev.drawbridge.gateway.prompt;

import org.jspecify.annotations.NullMarked;
