/// What names may be meant by what somebody has written so far.
@NullMarked
package dev.drawbridge.gateway.completion;

import org.jspecify.annotations.NullMarked;
