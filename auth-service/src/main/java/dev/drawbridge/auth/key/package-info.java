/// The keys that sign access tokens, their rotation and their publication.
@NullMarked
package dev.drawbridge.auth.key;

import org.jspecify.annotations.NullMarked;
