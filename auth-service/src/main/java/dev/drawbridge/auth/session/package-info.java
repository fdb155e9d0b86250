/// What a person holds after a login.
@NullMarked
package dev.drawbridge.auth.session;

import org.jspecify.annotations.NullMarked;
