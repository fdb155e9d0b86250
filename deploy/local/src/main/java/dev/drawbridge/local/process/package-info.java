/// Processes that outlive the launcher, known by their pid and start time.
@NullMarked
package dev.drawbridge.local.process;

import org.jspecify.annotations.NullMarked;
