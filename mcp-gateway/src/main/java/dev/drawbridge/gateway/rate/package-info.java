/// How often something may be done, as this process counts it.
@NullMarked
package dev.drawbridge.gateway.rate;

import org.jspecify.annotations.NullMarked;
