/// Databases of connections, as the tools see them: who asks, how much they may use, what may be
/// reached over the network.
@NullMarked
package dev.drawbridge.gateway.target;

import org.jspecify.annotations.NullMarked;
