package dev.drawbridge.gateway.tool.operate;

import java.util.Locale;

/// Numbers as people read them.
final class Quantity {
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private Quantity() {}

    /// Such as `1.2 GB`.
    static String bytes(Number bytes) {
        double left = bytes.doubleValue();
        int unit = 0;
        while (Math.abs(left) >= 1024 && unit < SIZES.length - 1) {
            left /= 1024;
            unit++;
        }
        String form = unit == 0 || Math.abs(left) >= 100 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, form, left, SIZES[unit]);
    }

    /// Such as `3 min 20 s`, in its two largest units.
    static String seconds(Number seconds) {
        long whole = seconds.longValue();
        if (whole < MINUTE) {
            return seconds.doubleValue() == whole
                    ? whole + " s"
                    : String.format(Locale.ROOT, "%.1f s", seconds.doubleValue());
        }
        if (whole < HOUR) {
            return two(whole / MINUTE, "min", whole % MINUTE, "s");
        }
        if (whole < DAY) {
            return two(whole / HOUR, "h", whole % HOUR / MINUTE, "min");
        }
        return two(whole / DAY, "d", whole % DAY / HOUR, "h");
    }

    /// Such as `1 table` and `2 tables`.
    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String two(long large, String unit, long small, String other) {
        return small == 0 ? large + " " + unit : large + " " + unit + " " + small + " " + other;
    }
}
