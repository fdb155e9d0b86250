/// Which of a connection's endpoints serves whom, and what is known of each. Nothing here speaks to
/// a server.
@NullMarked
package dev.drawbridge.gateway.target.route;

import org.jspecify.annotations.NullMarked;
