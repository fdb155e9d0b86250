/// The budget of a connection's server sessions, shared by all replicas of the gateway.
///
/// Each replica holds a part of it, a [LeasedBudget], that is on record in the datastore before it
/// is used and given back there after it was ([SharedBudgets], [ShareRepository]). How much each
/// may have follows from what all of them want ([Claims]).
@NullMarked
package dev.drawbridge.gateway.pool.share;

import org.jspecify.annotations.NullMarked;
