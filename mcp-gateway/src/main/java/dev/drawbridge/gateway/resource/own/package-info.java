/// Resources that a team defines itself.
@NullMarked
package dev.drawbridge.gateway.resource.own;

import org.jspecify.annotations.NullMarked;
