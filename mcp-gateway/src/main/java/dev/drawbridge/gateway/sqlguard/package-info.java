/// Which statements of an agent reach a database at all. The first of several layers: whatever it
/// lets through runs read-only, with a least-privilege login, bounded in time, rows and bytes.
@NullMarked
package dev.drawbridge.gateway.sqlguard;

import org.jspecify.annotations.NullMarked;
