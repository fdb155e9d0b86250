package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.PoolMode;

class TransactionPoolerTest extends PoolerCase {
    TransactionPoolerTest() {
        super(PoolMode.TRANSACTION);
    }
}
