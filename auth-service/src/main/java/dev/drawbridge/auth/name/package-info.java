/// Names that people type, and when two of them are the same.
@NullMarked
package dev.drawbridge.auth.name;

import org.jspecify.annotations.NullMarked;
