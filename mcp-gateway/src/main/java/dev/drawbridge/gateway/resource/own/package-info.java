/// Resources that a team defines itself, as files.
@NullMarked
package dev.drawbridge.gateway.resource.own;

import org.jspecify.annotations.NullMarked;
