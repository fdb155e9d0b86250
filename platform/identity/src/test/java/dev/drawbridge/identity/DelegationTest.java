package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The ceiling, as a property of the rule alone: who gives only what [Authorization#may] lets them
/// hold never makes anybody hold more, whatever is given to whom in whatever order.
class DelegationTest {
    private static final int CASES = 10_000;
    private static final int PEOPLE = 3;
    private static final int STEPS = 12;
    private static final List<ProtectedObject> UNIVERSE = RandomCallers.universe();

    /// @param by who gives: an index into all credentials there are by then
    /// @param to whom; null for a token of the giver's own
    private record Gift(int by, @Nullable Integer to, ProtectedObject object, Level level) {}

    private static final Gen<List<Grants>> HOLDINGS =
            random -> {
                List<Grants> holdings = new ArrayList<>();
                for (int i = 0; i < PEOPLE; i++) {
                    holdings.add(RandomCallers.GRANTS.generate(random));
                }
                return holdings;
            };

    private static final Gen<List<Gift>> GIFTS =
            random -> {
                List<Gift> gifts = new ArrayList<>();
                for (int i = integers().between(1, STEPS).generate(random); i > 0; i--) {
                    int to = integers().between(0, PEOPLE).generate(random);
                    gifts.add(
                            new Gift(
                                    integers().between(0, PEOPLE + STEPS).generate(random),
                                    to == PEOPLE ? null : to,
                                    RandomCallers.OBJECTS.generate(random),
                                    RandomCallers.LEVEL.generate(random)));
                }
                return gifts;
            };

    @Test
    void never_makes_anybody_hold_more_than_all_held_together() {
        var given = new AtomicInteger();
        var refused = new AtomicInteger();
        qt().withExamples(CASES)
                .forAll(HOLDINGS, GIFTS)
                .check((holdings, gifts) -> {
                    var house = new House(holdings);
                    gifts.forEach(gift -> (house.give(gift) ? given : refused).incrementAndGet());
                    return UNIVERSE.stream()
                            .allMatch(object -> house.holdsNoMore(object, holdings));
                });
        assertThat(given.get()).isGreaterThan(CASES);
        assertThat(refused.get()).isGreaterThan(CASES);
    }

    /// People with what their groups give them, and tokens of theirs.
    private static final class House {
        private final List<Map<ProtectedObject, Level>> held = new ArrayList<>();
        private final List<Token> credentials = new ArrayList<>();

        /// @param maker the credential that made it
        /// @param scopes null for an unscoped one
        private record Token(int owner, int maker, @Nullable Grants scopes) {}

        House(List<Grants> holdings) {
            holdings.forEach(grants -> {
                credentials.add(new Token(held.size(), held.size(), null));
                held.add(new LinkedHashMap<>(grants.levels()));
            });
        }

        boolean give(Gift gift) {
            int by = gift.by() % credentials.size();
            if (gift.level() == Level.NONE
                    || !Authorization.may(caller(by), gift.level(), gift.object())) {
                return false;
            }
            if (gift.to() == null) {
                var scopes = new Grants(Map.of(gift.object(), gift.level()));
                credentials.add(new Token(credentials.get(by).owner(), by, scopes));
            } else {
                held.get(gift.to()).merge(gift.object(), gift.level(), Level::max);
            }
            return true;
        }

        boolean holdsNoMore(ProtectedObject object, List<Grants> before) {
            Level together =
                    before.stream().map(grants -> grants.on(object)).reduce(Level.NONE, Level::max);
            for (int i = 0; i < credentials.size(); i++) {
                Level level = Authorization.effective(caller(i), object);
                var maker = caller(credentials.get(i).maker());
                if (!together.permits(level)
                        || !Authorization.effective(maker, object).permits(level)) {
                    return false;
                }
            }
            return true;
        }

        private Caller caller(int credential) {
            Token token = credentials.get(credential);
            return RandomCallers.caller(false, new Grants(held.get(token.owner())), token.scopes());
        }
    }
}
