/// The first start: a tenant and someone who can sign in.
@NullMarked
package dev.drawbridge.auth.bootstrap;

import org.jspecify.annotations.NullMarked;
