package dev.drawbridge.gateway.pool;

/// Shares out what is scarce by weight, so that nobody gets more than asked for while another lacks
/// (weighted max-min fairness).
public final class FairShare {
    private FairShare() {}

    /// What each gets. Of what cannot be split the first gets more.
    ///
    /// @param all that there is
    /// @param wants of each
    /// @param weights of each, 1 or more
    public static int[] of(int all, int[] wants, int[] weights) {
        int[] shares = new int[wants.length];
        int left = all;
        while (left > 0) {
            int neediest = -1;
            for (int i = 0; i < wants.length; i++) {
                if (shares[i] < wants[i]
                        && (neediest < 0 || isBefore(shares, weights, i, neediest))) {
                    neediest = i;
                }
            }
            if (neediest < 0) {
                break;
            }
            shares[neediest]++;
            left--;
        }
        return shares;
    }

    /// Whether one more for `i` leaves it lower, by weight, than one more for `j` would.
    private static boolean isBefore(int[] shares, int[] weights, int i, int j) {
        return (long) (shares[i] + 1) * weights[j] < (long) (shares[j] + 1) * weights[i];
    }
}
