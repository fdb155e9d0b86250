/// The OpenID Connect side of a sign-on: providers, their keys, their tokens, the code flow. Knows
/// nothing of our users.
///
/// Sources: OpenID Connect Core 1.0, Discovery 1.0, Back-Channel Logout 1.0; RFC 6749, 7636 (PKCE),
/// 9207 (`iss`), 9700 (best practice).
@NullMarked
package dev.drawbridge.auth.oidc;

import org.jspecify.annotations.NullMarked;
