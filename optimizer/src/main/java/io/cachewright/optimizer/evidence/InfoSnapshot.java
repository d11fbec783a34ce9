package io.cachewright.optimizer.evidence;

import io.cachewright.domain.Reading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// INFO ALL (with modules and errorstats) at one instant: field names as the server prints them.
///
/// Fields with several values stay as printed: `cmdstat_get` is `calls=1,usec=2,…`, `slave0` is `ip=…,port=…`;
/// [#parts(String)] takes them apart.
///
/// @param at when the reply arrived, by this machine's clock
/// @param serverTime the server's own clock (`server_time_usec`) or `at` where the version has none
public record InfoSnapshot(Instant at, Instant serverTime, Map<String, String> fields) {

    public InfoSnapshot {
        fields = Map.copyOf(fields);
    }

    /// A field as text; unavailable when this version does not print it.
    public Reading<String> text(String field) {
        String value = fields.get(field);
        return value == null
                ? Reading.unavailable(Reading.Cause.NOT_IN_THIS_VERSION, "INFO has no " + field + " here")
                : Reading.known(value);
    }

    /// A field as a whole number.
    public Reading<Long> number(String field) {
        return text(field).flatMap(value -> {
            try {
                return Reading.known(Long.parseLong(value.strip()));
            } catch (NumberFormatException e) {
                return Reading.unavailable(Reading.Cause.FAILED, "INFO " + field + " is no whole number: " + value);
            }
        });
    }

    /// A field as a decimal number, for ratios and CPU seconds; never for money.
    public Reading<Double> decimal(String field) {
        return text(field).flatMap(value -> {
            try {
                return Reading.known(Double.parseDouble(value.strip()));
            } catch (NumberFormatException e) {
                return Reading.unavailable(Reading.Cause.FAILED, "INFO " + field + " is no number: " + value);
            }
        });
    }

    /// The parts of a composite field: `calls=1,usec=2` gives `calls → 1`, `usec → 2`, in the server's order.
    public Reading<Map<String, String>> parts(String field) {
        return text(field).map(value -> {
            Map<String, String> parts = new LinkedHashMap<>();
            for (String part : value.split(",", -1)) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parts.put(part.substring(0, equals), part.substring(equals + 1));
                }
            }
            return parts;
        });
    }
}
