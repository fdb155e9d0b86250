/// The databases that Drawbridge knows: registered, checked, kept with their secrets sealed.
@NullMarked
package dev.drawbridge.gateway.connection;

import org.jspecify.annotations.NullMarked;
