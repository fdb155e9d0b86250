/// The datastore: statements from a virtual thread, PostgreSQL's failures as problems, secrets at
/// rest.
@NullMarked
package dev.drawbridge.sql;

import org.jspecify.annotations.NullMarked;
