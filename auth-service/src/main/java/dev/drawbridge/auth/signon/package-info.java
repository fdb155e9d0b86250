/// Signing on at a provider, linking, and signing out on both sides: the endpoints a browser and a
/// provider call.
@NullMarked
package dev.drawbridge.auth.signon;

import org.jspecify.annotations.NullMarked;
