/// Accounts that people make for themselves, where that is switched on.
@NullMarked
package dev.drawbridge.auth.registration;

import org.jspecify.annotations.NullMarked;
