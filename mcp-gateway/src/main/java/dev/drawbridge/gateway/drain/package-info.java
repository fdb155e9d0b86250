/// How the gateway ends: what runs finishes, what is new is refused, and nothing is lost.
@NullMarked
package dev.drawbridge.gateway.drain;

import org.jspecify.annotations.NullMarked;
