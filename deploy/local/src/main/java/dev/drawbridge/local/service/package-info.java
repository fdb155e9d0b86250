/// The suite's services as processes: what each is configured with, and when it is ready.
@NullMarked
package dev.drawbridge.local.service;

import org.jspecify.annotations.NullMarked;
