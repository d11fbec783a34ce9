package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Looks at a few keys at a time, in three round trips: what the key is, how long it is, and a part of its value.
///
/// The idle time, or the access frequency, is asked for first: before Redis 7.2 there is no `CLIENT NO-TOUCH`, and the
/// length commands and the look at the value count as an access there. None of the first round trip does.
///
/// @param isLfu whether the server keeps access frequencies instead of idle times
/// @param accessesUnknown why idle times and frequencies would mislead, as on a replica, which sees no reads of its
///     primary's clients
record KeyInspector(Caution caution, boolean isLfu, Optional<String> accessesUnknown, long startedNanos) {

    /// Commands a key in the first round trip.
    private static final int FIRST_COMMANDS = 5;

    /// Commands that one key may take at most.
    static final int COMMANDS_PER_KEY_MAX = FIRST_COMMANDS + 1 + 2;

    /// Elements that MEMORY USAGE samples of an aggregate; 0 would walk through all of them.
    private static final String MEMORY_SAMPLES = "5";

    /// What the first round trip told of a key.
    private record Basics(
            int index,
            NamedKey named,
            String type,
            Reading<String> encoding,
            Reading<Optional<Duration>> timeToLive,
            Reading<Long> bytes,
            Reading<Duration> idle,
            Reading<Integer> frequency) {}

    /// The facts of each key that still exists, by its place in `keys`, which are of the database that was selected.
    Map<Integer, SampledKey> inspect(List<NamedKey> keys) {
        List<Basics> basics = basics(keys);
        List<Reading<Long>> lengths = lengths(basics);
        List<Reading<ValueFacts>> values = values(basics, lengths);
        Map<Integer, SampledKey> sampled = new TreeMap<>();
        for (int i = 0; i < basics.size(); i++) {
            Basics key = basics.get(i);
            sampled.put(
                    key.index(),
                    new SampledKey(
                            key.named().database(),
                            key.named().name().printed(),
                            key.named().name().isRedacted(),
                            key.type(),
                            key.encoding(),
                            lengths.get(i),
                            key.bytes(),
                            key.timeToLive(),
                            key.idle(),
                            key.frequency(),
                            values.get(i)));
        }
        return sampled;
    }

    private List<Basics> basics(List<NamedKey> keys) {
        List<Command> commands = new ArrayList<>();
        for (NamedKey named : keys) {
            byte[] key = named.key();
            commands.add(command(key, "OBJECT", isLfu ? "FREQ" : "IDLETIME"));
            commands.add(command(key, "TYPE"));
            commands.add(command(key, "OBJECT", "ENCODING"));
            commands.add(command(key, "PTTL"));
            commands.add(
                    Command.ofBytes(ascii("MEMORY"), ascii("USAGE"), key, ascii("SAMPLES"), ascii(MEMORY_SAMPLES)));
        }
        List<Reply> replies = caution.send(commands, commands.size());
        List<Basics> basics = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            List<Reply> ofKey = replies.subList(i * FIRST_COMMANDS, (i + 1) * FIRST_COMMANDS);
            String type = ofKey.get(1) instanceof Reply.Error
                    ? "unknown"
                    : ofKey.get(1).text();
            if (!type.equals("none")) {
                basics.add(basics(i, keys.get(i), type, ofKey));
            }
        }
        return basics;
    }

    private Basics basics(int index, NamedKey named, String type, List<Reply> replies) {
        Reply access = replies.getFirst();
        return new Basics(
                index,
                named,
                type,
                value("OBJECT ENCODING", replies.get(2), Reply::text),
                value("PTTL", replies.get(3), this::timeToLive),
                value("MEMORY USAGE", replies.get(4), Reply::integer),
                isLfu
                        ? Reading.unavailable(Cause.NOT_IN_THIS_VERSION, "idle time is not tracked under an LFU policy")
                        : access("OBJECT IDLETIME", access).map(Duration::ofSeconds),
                isLfu
                        ? access("OBJECT FREQ", access).map(Long::intValue)
                        : Reading.unavailable(
                                Cause.NOT_IN_THIS_VERSION, "access frequency is tracked under an LFU policy only"));
    }

    private Reading<Long> access(String probe, Reply reply) {
        return accessesUnknown
                .<Reading<Long>>map(reason -> Reading.unavailable(Cause.NOT_COLLECTED, reason))
                .orElseGet(() -> value(probe, reply, Reply::integer));
    }

    /// Counted from the beginning of the look, however late this key came: keys that end together are seen to end
    /// together. Negative when there is none: −1 for a key that never expires.
    private Optional<Duration> timeToLive(Reply reply) {
        long millis = reply.integer();
        return millis < 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(millis).plusNanos(System.nanoTime() - startedNanos));
    }

    private List<Reading<Long>> lengths(List<Basics> basics) {
        List<Command> commands = new ArrayList<>();
        for (Basics key : basics) {
            lengthCommand(key.type())
                    .ifPresent(name -> commands.add(command(key.named().key(), name)));
        }
        List<Reply> replies = commands.isEmpty() ? List.of() : caution.send(commands, commands.size());
        List<Reading<Long>> lengths = new ArrayList<>();
        int next = 0;
        for (Basics key : basics) {
            Optional<String> name = lengthCommand(key.type());
            lengths.add(
                    name.isPresent()
                            ? value(name.get(), replies.get(next++), Reply::integer)
                            : Reading.unavailable(Cause.NOT_COLLECTED, "no length is known of the type " + key.type()));
        }
        return lengths;
    }

    private static Optional<String> lengthCommand(String type) {
        return switch (type) {
            case "string" -> Optional.of("STRLEN");
            case "list" -> Optional.of("LLEN");
            case "hash" -> Optional.of("HLEN");
            case "set" -> Optional.of("SCARD");
            case "zset" -> Optional.of("ZCARD");
            case "stream" -> Optional.of("XLEN");
            default -> Optional.empty();
        };
    }

    private List<Reading<ValueFacts>> values(List<Basics> basics, List<Reading<Long>> lengths) {
        List<Reading<ValueLook>> looks = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < basics.size(); i++) {
            Basics key = basics.get(i);
            Reading<ValueLook> look = lengths.get(i)
                    .flatMap(length -> ValueLook.at(
                            key.named().key(), key.type(), key.encoding().orElse(""), length, key.bytes()));
            looks.add(look);
            look.toOptional().ifPresent(some -> commands.addAll(some.commands()));
        }
        List<Reply> replies = commands.isEmpty() ? List.of() : caution.send(commands, commands.size());
        List<Reading<ValueFacts>> values = new ArrayList<>();
        int next = 0;
        for (Reading<ValueLook> look : looks) {
            int first = next;
            next += look.toOptional().map(some -> some.commands().size()).orElse(0);
            List<Reply> own = replies.subList(first, next);
            values.add(look.flatMap(some -> facts(some, own)));
        }
        return values;
    }

    private static Reading<ValueFacts> facts(ValueLook look, List<Reply> replies) {
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof Reply.Error(String message)) {
                return Refusal.of(look.commands().get(i).name(), message);
            }
        }
        return Inquiry.read("a look at the value", look.reader(), replies);
    }

    private static <T> Reading<T> value(String probe, Reply reply, Inquiry.Reader<T> reader) {
        return switch (reply) {
            case Reply.Error(String message) -> Refusal.of(probe, message);
            case Reply.Null _ -> Reading.unavailable(Cause.FAILED, "the key vanished while it was looked at");
            case Reply other -> Inquiry.<Reply, T>read(probe, reader::read, other);
        };
    }

    private static Command command(byte[] key, String... words) {
        List<byte[]> arguments = new ArrayList<>();
        for (String word : words) {
            arguments.add(ascii(word));
        }
        arguments.add(key);
        return new Command(arguments);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
