/// What every collection of the API has in common: pages, versions, creations that can be repeated.
@NullMarked
package dev.drawbridge.auth.request;

import org.jspecify.annotations.NullMarked;
