/// What agents can read by URI: servers and tables.
@NullMarked
package dev.drawbridge.gateway.resource;

import org.jspecify.annotations.NullMarked;
