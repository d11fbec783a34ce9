package io.cachewright.optimizer.advice;

import io.cachewright.domain.ByteSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Values of parameters as a server prints them: `1gb` is set and `1073741824` is what CONFIG GET answers.
public final class ParameterValue {

    private static final String OUTPUT_LIMITS = "client-output-buffer-limit";

    private static final Pattern SIZE = Pattern.compile("\\d+(?:k|kb|m|mb|g|gb|t|tb)", Pattern.CASE_INSENSITIVE);

    /// Parameters whose value is several arguments of a line in `redis.conf`, not one.
    private static final Set<String> OF_SEVERAL_ARGUMENTS = Set.of(
            OUTPUT_LIMITS,
            "save",
            "bind",
            "oom-score-adj-values",
            "latency-tracking-info-percentiles",
            "shutdown-on-sigint",
            "shutdown-on-sigterm");

    /// What `A` stands for in `notify-keyspace-events`.
    private static final String ALL_EVENTS = "g$lshzxetd";

    private ParameterValue() {}

    /// Whether a server that was given `wanted` is right to print `printed`.
    public static boolean areEqual(String name, String wanted, String printed) {
        return switch (name) {
            case OUTPUT_LIMITS -> groups(printed).containsAll(groups(wanted));
            case "notify-keyspace-events" -> events(wanted).equals(events(printed));
            default -> canonical(wanted).equals(canonical(printed));
        };
    }

    /// The value as CONFIG GET prints it. Of the client output buffer limits only those classes that `value` names.
    public static String printed(String name, String value) {
        return name.equals(OUTPUT_LIMITS) ? String.join(" ", groups(value)) : canonical(value);
    }

    /// The line, or lines, of `redis.conf` that set it.
    static List<String> lines(String name, String value) {
        if (value.isEmpty()) {
            return List.of(name + " \"\"");
        }
        return switch (name) {
            // One class, or one point, a line: versions before 7.0 take no more.
            case OUTPUT_LIMITS ->
                groups(value).stream().map(group -> name + " " + group).toList();
            case "save" ->
                inGroupsOf(2, value).stream().map(point -> name + " " + point).toList();
            default ->
                OF_SEVERAL_ARGUMENTS.contains(name)
                        ? List.of(name + " " + value)
                        : List.of(name + " " + Quoting.forRedis(value));
        };
    }

    private static String canonical(String value) {
        String folded = value.strip().replaceAll("\\s+", " ");
        return SIZE.matcher(folded).matches()
                ? ByteSize.parse(folded)
                        .map(size -> Long.toString(size.bytes()))
                        .orElse(folded)
                : folded;
    }

    /// `class hard soft seconds`, each size in bytes; `slave` is the old word for `replica`.
    private static List<String> groups(String limits) {
        return inGroupsOf(4, limits.toLowerCase(Locale.ROOT)).stream()
                .map(group -> Arrays.stream(group.split(" "))
                        .map(ParameterValue::canonical)
                        .map(word -> word.equals("slave") ? "replica" : word)
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""))
                .toList();
    }

    private static List<String> inGroupsOf(int size, String value) {
        String[] words = value.strip().split("\\s+");
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < words.length; from += size) {
            groups.add(String.join(" ", Arrays.copyOfRange(words, from, Math.min(words.length, from + size))));
        }
        return groups;
    }

    private static Set<Integer> events(String flags) {
        Set<Integer> events = new TreeSet<>();
        flags.replace("A", ALL_EVENTS).chars().forEach(events::add);
        return events;
    }
}
