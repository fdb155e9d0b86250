package dev.drawbridge.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

class AllowedHoursTest {
    private static final int CASES = 20_000;
    private static final int DAY = 24 * 60;
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia");

    @Test
    void allow_the_minutes_of_the_week_that_a_plain_list_has() {
        qt().withExamples(CASES)
                .forAll(
                        integers().between(1, 127),
                        integers().between(0, DAY - 1),
                        integers().between(0, DAY - 1),
                        longs().between(1_500_000_000L, 2_100_000_000L))
                .assuming((_, from, to, _) -> !from.equals(to))
                .checkAssert((days, from, to, second) -> {
                    String zone = ZONES.get((int) (second % ZONES.size()));
                    var hours = AllowedHours.parse(zone, names(days), clock(from), clock(to));
                    var there = Instant.ofEpochSecond(second).atZone(ZoneId.of(zone));
                    int minute =
                            (there.getDayOfWeek().getValue() - 1) * DAY
                                    + there.getHour() * 60
                                    + there.getMinute();

                    assertThat(hours.allow(there.toInstant()))
                            .isEqualTo(minutes(days, from, to).contains(minute));
                });
    }

    @ParameterizedTest
    @CsvSource({
        // Berlin is at +1 on 2026-03-28 and at +2 from 2026-03-29, 02:00, on.
        "2026-03-27T07:00:00Z, true",
        "2026-03-27T06:59:59Z, false",
        "2026-03-30T06:00:00Z, true",
        "2026-03-30T15:59:59Z, true",
        "2026-03-30T16:00:00Z, false",
        "2026-03-28T10:00:00Z, false"
    })
    void follow_the_clock_of_their_zone(Instant moment, boolean allowed) {
        var office =
                AllowedHours.parse(
                        "Europe/Berlin",
                        List.of("mon", "tue", "wed", "thu", "fri"),
                        "08:00",
                        "18:00");

        assertThat(office.allow(moment)).isEqualTo(allowed);
    }

    @Test
    void are_read_as_they_are_stored() {
        var hours = AllowedHours.parse("Europe/Berlin", List.of("sun", "mon"), "22:00", "04:00");

        assertThat(hours.days()).containsExactly("mon", "sun");
        assertThat(AllowedHours.stored(hours.json())).isEqualTo(hours);
        assertThat(AllowedHours.parse("UTC", null, "00:00", "12:00").days()).isEqualTo(DAYS);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, mon, 08:00, 18:00",
                "Berlin, mon, 08:00, 18:00",
                "+01:00, mon, 08:00, 18:00",
                "UTC, monday, 08:00, 18:00",
                "UTC, MON, 08:00, 18:00",
                "UTC, mon, -, 18:00",
                "UTC, mon, 08:00, -",
                "UTC, mon, 8:00, 18:00",
                "UTC, mon, 08:00, 24:00",
                "UTC, mon, 08:00, 18:60",
                "UTC, mon, 08:00:30, 18:00",
                "UTC, mon, 08:00, 08:00"
            })
    void are_nothing_else(String zone, String day, String from, String to) {
        assertThatThrownBy(() -> AllowedHours.parse(zone, List.of(day), from, to))
                .hasMessageContaining("VALIDATION_ERROR");
    }

    @Test
    void have_a_day() {
        assertThatThrownBy(() -> AllowedHours.parse("UTC", List.of(), "08:00", "18:00"))
                .hasMessageContaining("VALIDATION_ERROR");
    }

    /// Every minute of the week, counted from Monday, that is allowed.
    private static Set<Integer> minutes(int days, int from, int to) {
        Set<Integer> all = new HashSet<>();
        int length = to > from ? to - from : DAY - from + to;
        for (int day = 0; day < DAYS.size(); day++) {
            for (int i = 0; (days >> day & 1) == 1 && i < length; i++) {
                all.add((day * DAY + from + i) % (7 * DAY));
            }
        }
        return all;
    }

    private static List<String> names(int days) {
        List<String> names = new ArrayList<>();
        for (int day = 0; day < DAYS.size(); day++) {
            if ((days >> day & 1) == 1) {
                names.add(DAYS.get(day));
            }
        }
        return names;
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
