/// The launcher behind `./drawbridge`: an embedded PostgreSQL, the services and the demo, on one
/// machine. It knows the services by their contract only (a port, a schema, a properties file, a
/// health endpoint) and never by their classes.
@NullMarked
package dev.drawbridge.local;

import org.jspecify.annotations.NullMarked;
