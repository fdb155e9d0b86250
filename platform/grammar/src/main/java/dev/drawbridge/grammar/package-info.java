/// PostgreSQL's own parser in this process.
@NullMarked
package dev.drawbridge.grammar;

import org.jspecify.annotations.NullMarked;
