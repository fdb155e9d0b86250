/// What names mean in a database: which of its own things a statement that only reads may use.
@NullMarked
package dev.drawbridge.gateway.catalog;

import org.jspecify.annotations.NullMarked;
