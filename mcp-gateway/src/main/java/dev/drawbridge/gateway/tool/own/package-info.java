/// Tools that a team defines itself: a statement with named parameters, in a file or over REST.
@NullMarked
package dev.drawbridge.gateway.tool.own;

import org.jspecify.annotations.NullMarked;
