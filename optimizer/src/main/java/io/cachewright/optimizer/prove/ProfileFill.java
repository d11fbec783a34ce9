package io.cachewright.optimizer.prove;

import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.profile.KeyFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Data like that of a profile: its families with their sampled types, lengths, sizes and lifetimes, scaled down to
/// what a shadow may hold. Values are digits; the encodings follow from lengths, sizes and the target's parameters.
final class ProfileFill {

    static final long BYTES_MAX = 32L << 20;
    static final int KEYS_MAX = 40_000;

    /// Longer ones are cut: one key must not take the whole shadow.
    static final int ELEMENTS_MAX = 5_000;

    private static final int STRING_BYTES_MAX = 1 << 20;
    private static final int ELEMENT_BYTES_MAX = 4_096;
    private static final int ELEMENTS_PER_COMMAND = 500;

    /// What a hash table or skip list takes for an element beside its bytes, about.
    private static final long ELEMENT_OVERHEAD = 70;

    /// Shorter lifetimes would end within the proof.
    private static final Duration TIME_TO_LIVE_MIN = Duration.ofMinutes(10);

    private final List<KeyFamily> families;
    private final double scale;

    ProfileFill(List<KeyFamily> families) {
        this.families = List.copyOf(families);
        long bytes = families.stream().mapToLong(KeyFamily::estimatedBytes).sum();
        long keys = families.stream().mapToLong(KeyFamily::estimatedKeys).sum();
        this.scale =
                Math.min(1, Math.min((double) BYTES_MAX / Math.max(1, bytes), (double) KEYS_MAX / Math.max(1, keys)));
    }

    /// 1 when the shadow holds as much as the target.
    double scale() {
        return scale;
    }

    /// How many keys of a family the shadow holds: at least one.
    int keys(KeyFamily family) {
        return Math.clamp(Math.round(family.estimatedKeys() * scale), 1, KEYS_MAX);
    }

    /// The name of a family's key.
    static String key(KeyFamily family, int number) {
        return family.glob().contains("*") ? family.glob().replace("*", Integer.toString(number)) : family.glob();
    }

    /// The sampled key that stands behind a key.
    static SampledKey sample(KeyFamily family, int number) {
        return family.sampled().get(number % family.sampled().size());
    }

    /// How many elements a key has on the shadow; bytes for a string.
    static int elements(SampledKey sample) {
        return Math.clamp(
                sample.elements().orElse(1L), 1, sample.type().equals("string") ? STRING_BYTES_MAX : ELEMENTS_MAX);
    }

    Iterator<Command> commands() {
        return families.stream()
                .flatMap(family -> IntStream.range(0, keys(family))
                        .boxed()
                        .flatMap(number -> key(key(family, number), sample(family, number)).stream()))
                .iterator();
    }

    private static List<Command> key(String key, SampledKey sample) {
        List<Command> commands = new ArrayList<>();
        int elements = elements(sample);
        if (sample.type().equals("string")) {
            commands.add(Command.of("SET", key, digits(elements, elements)));
        } else {
            for (int first = 0; first < elements; first += ELEMENTS_PER_COMMAND) {
                int last = Math.min(elements, first + ELEMENTS_PER_COMMAND);
                commands.addAll(append(key, sample, first, last, elementBytes(sample, elements)));
            }
        }
        Optional<Duration> timeToLive = sample.timeToLive().orElse(Optional.empty());
        timeToLive.ifPresent(left -> commands.add(Command.of(
                "PEXPIRE",
                key,
                Long.toString((left.compareTo(TIME_TO_LIVE_MIN) < 0 ? TIME_TO_LIVE_MIN : left).toMillis()))));
        return commands;
    }

    /// Types of modules have no counterpart on a shadow and are left out.
    private static List<Command> append(String key, SampledKey sample, int first, int last, int bytes) {
        boolean isIntset = sample.encoding().orElse("").equals("intset");
        return switch (sample.type()) {
            case "hash" ->
                List.of(command("HSET", key, first, last, i -> Stream.of(Element.field(i), digits(i, bytes))));
            case "zset" ->
                List.of(command(
                        "ZADD", key, first, last, i -> Stream.of(Integer.toString(i), Element.member(i, bytes))));
            case "set" ->
                List.of(command(
                        "SADD",
                        key,
                        first,
                        last,
                        i -> Stream.of(isIntset ? Integer.toString(i) : Element.member(i, bytes))));
            case "list" -> List.of(command("RPUSH", key, first, last, i -> Stream.of(digits(i, bytes))));
            case "stream" ->
                IntStream.range(first, last)
                        .mapToObj(i -> Command.of("XADD", key, "*", "v", digits(i, bytes)))
                        .toList();
            default -> List.of();
        };
    }

    private static Command command(
            String name, String key, int first, int last, IntFunction<Stream<String>> arguments) {
        return Command.of(Stream.concat(
                        Stream.of(name, key),
                        IntStream.range(first, last).boxed().flatMap(arguments::apply))
                .toArray(String[]::new));
    }

    /// Bytes of one value or member: from MEMORY USAGE without the overhead of the encoding, within what was seen.
    private static int elementBytes(SampledKey sample, int elements) {
        boolean isCompact = List.of("listpack", "ziplist", "quicklist", "intset", "stream")
                .contains(sample.encoding().orElse(""));
        long perElement =
                sample.bytes().orElse(0L) / Math.max(1, sample.elements().orElse((long) elements));
        long own = isCompact ? perElement : perElement - ELEMENT_OVERHEAD;
        long values = sample.type().equals("hash") ? own - Element.FIELD_BYTES : own;
        long seen = sample.value().map(ValueFacts::longestElementBytes).orElse((long) ELEMENT_BYTES_MAX);
        return Math.clamp(values, 1, Math.clamp(seen, 1, ELEMENT_BYTES_MAX));
    }

    /// That many digits, the same for the same number.
    static String digits(int number, int bytes) {
        StringBuilder digits = new StringBuilder(bytes).append(Math.abs((long) number));
        while (digits.length() < bytes) {
            digits.append((char) ('0' + (digits.length() * 7 + number) % 10));
        }
        digits.setLength(Math.max(1, bytes));
        return digits.toString();
    }

    /// Names within a key.
    static final class Element {

        static final int FIELD_BYTES = 7;

        private Element() {}

        static String field(int number) {
            return "f" + (100_000 + number);
        }

        static String member(int number, int bytes) {
            String name = "m" + (100_000 + number);
            return bytes <= name.length() ? name : name + digits(number, bytes - name.length());
        }
    }
}
