/// What every request passes before anything else looks at it: its Host and Origin, and the shape
/// of its body.
@NullMarked
package dev.drawbridge.gateway.http;

import org.jspecify.annotations.NullMarked;
