/// The one vocabulary of failures, and its translation into HTTP.
@NullMarked
package dev.drawbridge.problem;

import org.jspecify.annotations.NullMarked;
