/// Links that work once.
@NullMarked
package dev.drawbridge.auth.link;

import org.jspecify.annotations.NullMarked;
