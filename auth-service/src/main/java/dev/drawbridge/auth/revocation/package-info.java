/// Telling every service that what a credential may do has changed.
@NullMarked
package dev.drawbridge.auth.revocation;

import org.jspecify.annotations.NullMarked;
