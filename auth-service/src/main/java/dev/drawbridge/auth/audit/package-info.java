/// What is recorded here, and reading the audits of all services.
@NullMarked
package dev.drawbridge.auth.audit;

import org.jspecify.annotations.NullMarked;
