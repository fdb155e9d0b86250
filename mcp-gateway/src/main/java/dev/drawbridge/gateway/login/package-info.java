/// Logins of target databases as callers: HTTP Basic, judged by the database whose connection it
/// names.
@NullMarked
package dev.drawbridge.gateway.login;

import org.jspecify.annotations.NullMarked;
