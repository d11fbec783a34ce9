package io.cachewright.optimizer.evidence;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Reading;
import java.util.Map;

/// The parameters that CONFIG GET gave, by their lower-case names, as the server prints them.
/// A parameter that holds a secret (`requirepass`, `masterauth`, key file passwords) reads [#REDACTED] when set.
public record ServerConfig(Map<String, String> parameters) {

    /// Stands for a secret that is set; an empty value still means that none is set.
    public static final String REDACTED = "(redacted)";

    public ServerConfig {
        parameters = Map.copyOf(parameters);
    }

    /// A parameter as text; unavailable when this version has none of that name.
    public Reading<String> text(String name) {
        String value = parameters.get(name);
        return value == null
                ? Reading.unavailable(Reading.Cause.NOT_IN_THIS_VERSION, "this server has no parameter " + name)
                : Reading.known(value);
    }

    /// A parameter as a number of bytes or as a plain number (`-1` stays −1).
    public Reading<Long> number(String name) {
        return text(name).flatMap(value -> {
            if (value.startsWith("-")) {
                try {
                    return Reading.known(Long.parseLong(value));
                } catch (NumberFormatException e) {
                    return notANumber(name, value);
                }
            }
            return ByteSize.parse(value)
                    .map(size -> Reading.known(size.bytes()))
                    .orElseGet(() -> notANumber(name, value));
        });
    }

    /// A parameter that is `yes` or `no`.
    public Reading<Boolean> flag(String name) {
        return text(name).map("yes"::equals);
    }

    private static Reading<Long> notANumber(String name, String value) {
        return Reading.unavailable(Reading.Cause.FAILED, "parameter " + name + " is no number: " + value);
    }
}
