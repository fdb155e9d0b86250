/// What people keep about themselves, and their verified address.
@NullMarked
package dev.drawbridge.auth.profile;

import org.jspecify.annotations.NullMarked;
