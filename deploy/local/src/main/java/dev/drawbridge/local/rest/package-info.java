/// The suite's public REST API, as any client uses it.
@NullMarked
package dev.drawbridge.local.rest;

import org.jspecify.annotations.NullMarked;
