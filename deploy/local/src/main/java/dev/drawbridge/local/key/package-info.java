/// The rotation of the data key that stored secrets are sealed with.
@NullMarked
package dev.drawbridge.local.key;

import org.jspecify.annotations.NullMarked;
