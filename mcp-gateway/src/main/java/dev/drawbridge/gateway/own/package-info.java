/// What a team defines itself, as files in a folder.
@NullMarked
package dev.drawbridge.gateway.own;

import org.jspecify.annotations.NullMarked;
