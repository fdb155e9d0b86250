/// The demo: a retail database, and callers with rights to it in the suite.
@NullMarked
package dev.drawbridge.local.demo;

import org.jspecify.annotations.NullMarked;
