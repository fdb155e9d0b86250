package dev.drawbridge.gateway.pool.share;

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

    /// How many sessions this replica may have open: its fair part, and beyond it what it has open
    /// already, as long as nobody else could use that; in any case only what nobody else holds.
    ///
    /// @param open sessions that it has
    int allowance(int budget, int wanted, int open) {
        int[] fair = fair(budget, wanted);
        int held = 0;
        int spokenFor = 0;
        for (int i = 0; i < others.size(); i++) {
            int theirs = others.get(i).held();
            held += theirs;
            spokenFor += Math.max(theirs, fair[i < place ? i : i + 1]);
        }
        int mine = Math.max(fair[place], Math.min(open, budget - spokenFor));
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
        return Split.of(budget, wants, turn);
    }
}
