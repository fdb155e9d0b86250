/// The datastore: an embedded PostgreSQL or an existing one, and its roles and schemas.
@NullMarked
package dev.drawbridge.local.postgres;

import org.jspecify.annotations.NullMarked;
