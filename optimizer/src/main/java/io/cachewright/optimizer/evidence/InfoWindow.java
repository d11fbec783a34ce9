package io.cachewright.optimizer.evidence;

import io.cachewright.domain.Reading;
import java.time.Duration;
import java.util.List;

/// INFO at two instants at least. A counter is judged over this window, never since the server's start.
///
/// @param snapshots in order of time
public record InfoWindow(List<InfoSnapshot> snapshots) {

    public InfoWindow {
        snapshots = List.copyOf(snapshots);
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("a window has at least one reading of INFO");
        }
    }

    public InfoSnapshot first() {
        return snapshots.getFirst();
    }

    public InfoSnapshot last() {
        return snapshots.getLast();
    }

    /// From the first reading to the last, by the server's clock; zero when there is only one.
    public Duration length() {
        return Duration.between(first().serverTime(), last().serverTime());
    }

    /// How much a counter grew over the window. Unavailable with one reading only, when the server restarted in
    /// between (its `run_id` changed), or when CONFIG RESETSTAT made the counter fall.
    public Reading<Long> growth(String counter) {
        return first().number(counter)
                .flatMap(before -> last().number(counter).flatMap(after -> difference(counter, before, after)));
    }

    /// Growth of a counter a second.
    public Reading<Double> rate(String counter) {
        return growth(counter).map(this::perSecond);
    }

    /// Growth of one part of a composite field, such as `calls` of `cmdstat_get`. A command that was first called
    /// within the window has no earlier reading and counts from zero.
    public Reading<Long> growth(String field, String part) {
        Reading<Long> before = part(first(), field, part);
        return part(last(), field, part).flatMap(after -> difference(field + "." + part, before.orElse(0L), after));
    }

    /// Growth of one part of a composite field a second.
    public Reading<Double> rate(String field, String part) {
        return growth(field, part).map(this::perSecond);
    }

    private static Reading<Long> part(InfoSnapshot info, String field, String part) {
        return info.parts(field).flatMap(parts -> {
            String value = parts.get(part);
            if (value == null) {
                return Reading.unavailable(Reading.Cause.NOT_IN_THIS_VERSION, field + " has no " + part);
            }
            try {
                return Reading.known(Long.parseLong(value));
            } catch (NumberFormatException e) {
                return Reading.unavailable(Reading.Cause.FAILED, field + "." + part + " is no whole number: " + value);
            }
        });
    }

    private Reading<Long> difference(String counter, long before, long after) {
        if (snapshots.size() < 2 || length().isZero()) {
            return Reading.unavailable(Reading.Cause.NOT_COLLECTED, "INFO was read once only, so there is no window");
        }
        if (!first().text("run_id").equals(last().text("run_id"))) {
            return Reading.unavailable(Reading.Cause.FAILED, "the server restarted within the window");
        }
        if (after < before) {
            return Reading.unavailable(Reading.Cause.FAILED, counter + " was reset within the window");
        }
        return Reading.known(after - before);
    }

    private double perSecond(long growth) {
        return growth / (length().toNanos() / 1e9);
    }
}
