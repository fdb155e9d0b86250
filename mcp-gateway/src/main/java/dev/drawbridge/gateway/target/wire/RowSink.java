package dev.drawbridge.gateway.target.wire;

/// Takes rows one by one as they arrive, on the session's event loop.
interface RowSink {
    /// Takes one row.
    ///
    /// @param row valid during the call only
    /// @return false when neither this row nor any other is wanted
    boolean accept(DataRow row);
}
