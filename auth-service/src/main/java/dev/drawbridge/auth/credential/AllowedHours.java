package dev.drawbridge.auth.credential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// When a token works: on some days of the week, from one time of day to another, by the clock of a
/// time zone. Hours that go past midnight belong to the day on which they begin.
///
/// @param timeZone an IANA name such as `Europe/Berlin`
/// @param days such as `mon`; all when absent
/// @param from such as `08:00`
/// @param to such as `18:00`, no longer included
public record AllowedHours(String timeZone, List<String> days, String from, String to) {

    public AllowedHours {
        days = List.copyOf(days);
    }

    /// Reads what a client sent.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` naming the field
    @JsonCreator
    public static AllowedHours parse(
            @JsonProperty("timeZone") @Nullable String timeZone,
            @JsonProperty("days") @Nullable List<@Nullable String> days,
            @JsonProperty("from") @Nullable String from,
            @JsonProperty("to") @Nullable String to) {
        if (timeZone == null || !ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw invalid("must name a timeZone such as Europe/Berlin");
        }
        LocalTime begin = time(from);
        LocalTime end = time(to);
        if (begin.equals(end)) {
            throw invalid("must have a to other than from");
        }
        Set<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
        if (days == null) {
            on.addAll(EnumSet.allOf(DayOfWeek.class));
        } else {
            days.forEach(day -> on.add(day(day)));
        }
        if (on.isEmpty()) {
            throw invalid("must have at least one day");
        }
        return new AllowedHours(
                timeZone,
                on.stream().map(AllowedHours::name).toList(),
                begin.toString(),
                end.toString());
    }

    /// Reads what [#json] wrote.
    public static @Nullable AllowedHours stored(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        List<String> days = json.getJsonArray("days").stream().map(String.class::cast).toList();
        return new AllowedHours(
                json.getString("timeZone"), days, json.getString("from"), json.getString("to"));
    }

    /// As it is stored.
    public JsonObject json() {
        return new JsonObject()
                .put("timeZone", timeZone)
                .put("days", new JsonArray(days))
                .put("from", from)
                .put("to", to);
    }

    /// Whether a token works at this moment.
    public boolean allow(Instant moment) {
        ZonedDateTime there = moment.atZone(ZoneId.of(timeZone));
        LocalTime clock = there.toLocalTime();
        LocalTime begin = LocalTime.parse(from);
        LocalTime end = LocalTime.parse(to);
        if (begin.isBefore(end)) {
            return isOn(there.getDayOfWeek()) && !clock.isBefore(begin) && clock.isBefore(end);
        }
        return (isOn(there.getDayOfWeek()) && !clock.isBefore(begin))
                || (isOn(there.getDayOfWeek().minus(1)) && clock.isBefore(end));
    }

    private boolean isOn(DayOfWeek day) {
        return days.contains(name(day));
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static DayOfWeek day(@Nullable String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name(day).equals(text)) {
                return day;
            }
        }
        throw invalid("must have days such as mon");
    }

    private static LocalTime time(@Nullable String text) {
        try {
            if (text != null && text.matches("\\d\\d:\\d\\d")) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException _) {
            // Said below.
        }
        throw invalid("must have times such as 08:00");
    }

    private static RuntimeException invalid(String reason) {
        return new Problem.Invalid("allowedHours", reason).exception();
    }
}
