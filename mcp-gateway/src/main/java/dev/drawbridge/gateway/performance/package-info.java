/// How the statements of tools perform, by connection: for operators as metrics, for who looks
/// after a connection as a summary, and the slow ones one by one.
@NullMarked
package dev.drawbridge.gateway.performance;

import org.jspecify.annotations.NullMarked;
