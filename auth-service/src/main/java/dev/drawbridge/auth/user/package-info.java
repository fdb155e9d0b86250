/// People: create, change, disable, remove.
@NullMarked
package dev.drawbridge.auth.user;

import org.jspecify.annotations.NullMarked;
