package dev.drawbridge.gateway.target.wire;

import io.vertx.sqlclient.Row;

/// Takes rows one by one as they are decoded, on the session's event loop.
interface RowSink {
    void accept(Row row);
}
