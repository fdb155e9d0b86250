/// What happened, so that it can be shown afterwards: records in chains of hashes, one chain for
/// each process, sealed heads, and the proof that none is missing or changed.
///
/// Services give an [Entry] to an [AuditChain], in the transaction of the act, or to an
/// [AuditTrail], which writes behind the answer. What proves needs neither a framework nor a
/// service: [ChainProof].
@NullMarked
package dev.drawbridge.audit;

import org.jspecify.annotations.NullMarked;
