/// Users who are known by a provider: who they are here, and what their claims give them.
@NullMarked
package dev.drawbridge.auth.external;

import org.jspecify.annotations.NullMarked;
