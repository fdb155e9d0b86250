/// How much somebody may ask for in a span of time, at all replicas together.
@NullMarked
package dev.drawbridge.gateway.limit;

import org.jspecify.annotations.NullMarked;
