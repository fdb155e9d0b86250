/// pgvector, for a PostgreSQL that was not built with it.
@NullMarked
package dev.drawbridge.pgvector;

import org.jspecify.annotations.NullMarked;
