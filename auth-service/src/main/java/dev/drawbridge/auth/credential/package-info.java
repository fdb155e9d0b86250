/// From a bearer credential to the caller, out of our own tables.
///
/// A session or API token is found by its SHA-256; an access token is verified and then found by
/// the credential that it was issued for, so that what was revoked a moment ago is refused here at
/// once.
@NullMarked
package dev.drawbridge.auth.credential;

import org.jspecify.annotations.NullMarked;
