/// What `up` hands over in the end: one JSON object for scripts, or a page for people.
@NullMarked
package dev.drawbridge.local.summary;

import org.jspecify.annotations.NullMarked;
