/// What groups may do, and that nobody hands out more than they hold.
@NullMarked
package dev.drawbridge.auth.grant;

import org.jspecify.annotations.NullMarked;
