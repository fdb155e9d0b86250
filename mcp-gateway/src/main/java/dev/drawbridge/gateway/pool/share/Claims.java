package dev.drawbridge.gateway.pool.share;

import dev.drawbridge.gateway.pool.FairShare;

import java.util.Arrays;
import java.util.List;

/// What the other replicas that live have and want of one connection's budget.
///
/// @param others in the order of their ids
/// @param place where this replica's id stands among theirs
/// @param turn that goes on with the datastore's clock
record Claims(List<Claim> others, int place, long turn) {

    /// @param held sessions that it has or may open
    /// @param wanted sessions that it would use at once
    record Claim(int held, int wanted) {}

    /// How many sessions this replica may have open: its fair part, and beyond it what it desires,
    /// as long as nobody else could use that; in any case only what nobody else holds.
    ///
    /// @param desired sessions that it has open, or would have for what else its callers ask
    int allowance(int budget, int wanted, int desired) {
        int[] fair = fair(budget, wanted);
        int held = 0;
        int spokenFor = 0;
        for (int i = 0; i < others.size(); i++) {
            int theirs = others.get(i).held();
            held += theirs;
            spokenFor += Math.max(theirs, fair[i < place ? i : i + 1]);
        }
        int mine = Math.max(fair[place], Math.min(desired, budget - spokenFor));
        return Math.max(0, Math.min(mine, budget - held));
    }

    /// How many this replica could have if it wanted all.
    int reach(int budget) {
        return fair(budget, budget)[place];
    }

    /// Whether this replica waits for what others have to give back.
    ///
    /// @param size what it may have open now
    boolean isShort(int budget, int wanted, int size) {
        return size < fair(budget, wanted)[place];
    }

    /// Whether another one waits for what this one, or a third, has to give back.
    boolean isAnyoneShort(int budget, int wanted) {
        int[] fair = fair(budget, wanted);
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).held() < fair[i < place ? i : i + 1]) {
                return true;
            }
        }
        return false;
    }

    private int[] fair(int budget, int wanted) {
        int[] wants = new int[others.size() + 1];
        for (int i = 0; i < others.size(); i++) {
            wants[i < place ? i : i + 1] = others.get(i).wanted();
        }
        wants[place] = wanted;
        return split(budget, wants);
    }

    /// A remainder stays where it is, since moving it costs sessions. But where there are fewer
    /// sessions than those who want one, they go round, so that nobody gets none for ever.
    private int[] split(int budget, int[] wants) {
        int[] weights = new int[wants.length];
        Arrays.fill(weights, 1);
        long claimants = Arrays.stream(wants).filter(want -> want > 0).count();
        int first = budget < claimants ? Math.floorMod(turn, wants.length) : 0;
        int[] given = FairShare.of(budget, turned(wants, first), weights);
        return turned(given, wants.length - first);
    }

    /// The same, beginning elsewhere.
    private static int[] turned(int[] numbers, int first) {
        int[] result = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            result[i] = numbers[(first + i) % numbers.length];
        }
        return result;
    }
}
