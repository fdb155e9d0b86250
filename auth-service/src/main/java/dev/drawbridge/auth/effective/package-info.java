/// Explains what somebody may do on an object, and why: by the rule of `platform/identity`, with
/// the grants, groups and scopes that led to it.
@NullMarked
package dev.drawbridge.auth.effective;

import org.jspecify.annotations.NullMarked;
