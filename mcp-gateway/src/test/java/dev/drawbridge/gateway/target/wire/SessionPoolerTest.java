package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.PoolMode;

class SessionPoolerTest extends PoolerCase {
    SessionPoolerTest() {
        super(PoolMode.SESSION);
    }
}
