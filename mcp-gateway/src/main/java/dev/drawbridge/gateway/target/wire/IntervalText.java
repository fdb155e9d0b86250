package dev.drawbridge.gateway.target.wire;

import io.vertx.pgclient.data.Interval;

/// An interval as ISO 8601 writes a duration, which is what PostgreSQL's `intervalstyle = iso_8601`
/// prints: `P1Y2M3DT4H5M6.5S`, and `PT0S` for none.
final class IntervalText {
    private IntervalText() {}

    static String of(Interval interval) {
        var out = new StringBuilder("P");
        part(out, interval.getYears(), 'Y');
        part(out, interval.getMonths(), 'M');
        part(out, interval.getDays(), 'D');
        var time = new StringBuilder();
        part(time, interval.getHours(), 'H');
        part(time, interval.getMinutes(), 'M');
        seconds(time, interval.getSeconds(), interval.getMicroseconds());
        if (!time.isEmpty()) {
            out.append('T').append(time);
        }
        return out.length() == 1 ? "PT0S" : out.toString();
    }

    private static void part(StringBuilder out, int amount, char unit) {
        if (amount != 0) {
            out.append(amount).append(unit);
        }
    }

    private static void seconds(StringBuilder out, int seconds, int microseconds) {
        long total = seconds * 1_000_000L + microseconds;
        if (total == 0) {
            return;
        }
        out.append(java.math.BigDecimal.valueOf(total, 6).stripTrailingZeros().toPlainString())
                .append('S');
    }
}
