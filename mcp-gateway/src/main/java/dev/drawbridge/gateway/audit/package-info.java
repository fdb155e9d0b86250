/// What agents did: a record of every tool call, written behind the answer in batches.
@NullMarked
package dev.drawbridge.gateway.audit;

import org.jspecify.annotations.NullMarked;
