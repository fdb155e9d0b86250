/// What the launcher says while it works: progress, failures in one sentence, ends of logs.
@NullMarked
package dev.drawbridge.local.report;

import org.jspecify.annotations.NullMarked;
