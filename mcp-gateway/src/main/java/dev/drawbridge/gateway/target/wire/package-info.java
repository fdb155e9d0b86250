/// The sessions on target databases, behind [dev.drawbridge.gateway.target.wire.TargetPool].
/// Nothing here waits, nothing outside knows the driver.
///
/// One read is one flight: `BEGIN READ ONLY`, the prologue that says who asks, the statement,
/// `ROLLBACK`, and one Sync. The driver opens, keeps and closes the sessions; the flight itself is
/// PostgreSQL's extended query protocol, spoken by `FlightHandler` in front of the driver's codec.
/// What fails makes the server skip all that follows it, so no statement runs outside the
/// transaction or without the prologue. Values arrive as text and are copied into the answer.
@NullMarked
package dev.drawbridge.gateway.target.wire;

import org.jspecify.annotations.NullMarked;
