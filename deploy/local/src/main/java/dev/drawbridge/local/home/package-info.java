/// The folder that a suite lives in: where things stand, who may read them, and who works on it.
@NullMarked
package dev.drawbridge.local.home;

import org.jspecify.annotations.NullMarked;
