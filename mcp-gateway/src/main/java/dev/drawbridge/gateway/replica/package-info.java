/// What the replicas of the gateway tell one another.
@NullMarked
package dev.drawbridge.gateway.replica;

import org.jspecify.annotations.NullMarked;
