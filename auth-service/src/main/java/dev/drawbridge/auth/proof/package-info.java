/// How lately, and by how much, the person behind a session proved who they are.
///
/// A session that still has something to do first, changing a password that someone else set or
/// using a second factor, is pending: its scopes are empty, so it may nothing. What is pending is
/// the SQL function `auth.session_pending`.
@NullMarked
package dev.drawbridge.auth.proof;

import org.jspecify.annotations.NullMarked;
