/// The sessions on target databases: Vert.x without blocking, and the driver's inner commands,
/// behind [dev.drawbridge.gateway.target.wire.TargetPool]. Nothing here waits, nothing outside
/// knows the driver.
///
/// One read is one flight: `BEGIN READ ONLY`, the prologue that sets who asks and how much they may
/// use, the statement, `ROLLBACK`. Each of the four carries its own Sync, so a failed BEGIN does
/// not stop what follows it; that is why every session is read-only by default, why an empty
/// context means nobody, and why rows are handed out only when BEGIN and prologue have succeeded.
@NullMarked
package dev.drawbridge.gateway.target.wire;

import org.jspecify.annotations.NullMarked;
