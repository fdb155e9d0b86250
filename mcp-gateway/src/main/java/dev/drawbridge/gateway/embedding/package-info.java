/// What texts mean, as vectors.
@NullMarked
package dev.drawbridge.gateway.embedding;

import org.jspecify.annotations.NullMarked;
