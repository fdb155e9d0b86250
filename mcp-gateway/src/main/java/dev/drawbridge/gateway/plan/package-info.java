/// Plans of PostgreSQL: what EXPLAIN says, and what it means.
@NullMarked
package dev.drawbridge.gateway.plan;

import org.jspecify.annotations.NullMarked;
