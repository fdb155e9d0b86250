/// Which indexes would help: from plans to wishes, from wishes to candidates, from candidates to
/// those that are worth it.
@NullMarked
package dev.drawbridge.gateway.advice;

import org.jspecify.annotations.NullMarked;
