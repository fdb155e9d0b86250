package dev.drawbridge.gateway.pool.share;

import java.util.Arrays;

/// Divides a budget among those who want something of it, as evenly as what they want allows
/// (max-min fairness): nobody gets more than they want, and what one gets more than another, the
/// other does not want.
final class Split {
    private Split() {}

    /// What each gets.
    ///
    /// @param wanted by each, 0 or more
    /// @param turn where fewer units than claimants are there, who gets one goes round with it
    static int[] of(int budget, int[] wanted, long turn) {
        int[] given = new int[wanted.length];
        int left = budget;
        int unmet = unmet(given, wanted);
        while (unmet > 0 && left >= unmet) {
            int each = left / unmet;
            for (int i = 0; i < wanted.length; i++) {
                int more = Math.min(each, wanted[i] - given[i]);
                given[i] += more;
                left -= more;
            }
            unmet = unmet(given, wanted);
        }
        int first = first(wanted, budget, turn);
        for (int i = 0; i < wanted.length && left > 0; i++) {
            int at = (first + i) % wanted.length;
            if (given[at] < wanted[at]) {
                given[at]++;
                left--;
            }
        }
        return given;
    }

    private static int unmet(int[] given, int[] wanted) {
        int unmet = 0;
        for (int i = 0; i < wanted.length; i++) {
            unmet += given[i] < wanted[i] ? 1 : 0;
        }
        return unmet;
    }

    /// A remainder stays where it is, since moving it costs sessions; but nobody gets nothing for
    /// ever.
    private static int first(int[] wanted, int budget, long turn) {
        long claimants = Arrays.stream(wanted).filter(want -> want > 0).count();
        return budget < claimants ? Math.floorMod(turn, wanted.length) : 0;
    }
}
