package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.inspect.ValueInspection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A bounded look at one value: the commands to send and how their replies become facts.
///
/// The size of the whole value is known before: of large elements fewer are read, and of very large ones none, so that
/// no reply is much longer than [#BYTES_MAX]. A compact encoding is iterated by the server as a whole whatever COUNT
/// says, so there a bounded number of random elements is taken instead.
record ValueLook(List<Command> commands, Function<List<Reply>, ValueFacts> reader) {

    /// Of one value; the average size of an element stands for each, so a skewed value may exceed it.
    static final int BYTES_MAX = 64 << 10;

    private static final int ELEMENTS_MAX = ValueFacts.ELEMENTS_LOOKED_AT_MAX;

    private static final int HEAD_BYTES = 4_096;

    /// A look at `key`, or why there is none.
    static Reading<ValueLook> at(byte[] key, String type, String encoding, long elements, Reading<Long> bytes) {
        if (type.equals("string")) {
            return Reading.known(string(key, elements));
        }
        if (elements == 0) {
            return Reading.unavailable(Cause.FAILED, "the key vanished while it was looked at");
        }
        return bytes.flatMap(size -> {
            long fitting = BYTES_MAX / Math.max(1, size / elements);
            int count = (int) Math.min(Math.min(ELEMENTS_MAX, elements), fitting);
            if (count == 0) {
                return Reading.unavailable(
                        Cause.NOT_COLLECTED, "its elements are larger than " + BYTES_MAX + " bytes each");
            }
            return elements(key, type, encoding, elements, count);
        });
    }

    private static Reading<ValueLook> elements(byte[] key, String type, String encoding, long elements, int count) {
        boolean isHashTable = encoding.equals("hashtable") || encoding.equals("ht");
        return switch (type) {
            case "list" -> Reading.known(list(key, elements, count));
            case "zset" -> Reading.known(sortedSet(key, elements, count));
            case "hash" -> Reading.known(hash(key, isHashTable || elements <= count, count));
            case "set" -> Reading.known(set(key, isHashTable || elements <= count, count));
            case "stream" -> Reading.known(stream(key));
            default -> Reading.unavailable(Cause.NOT_COLLECTED, "values of the type " + type + " are not looked at");
        };
    }

    private static ValueLook string(byte[] key, long length) {
        return new ValueLook(
                List.of(command(key, "GETRANGE", "0", Integer.toString(HEAD_BYTES - 1))),
                replies -> ValueInspection.ofString(Replies.bytesOf(replies.getFirst()), length));
    }

    private static ValueLook list(byte[] key, long elements, int count) {
        return new ValueLook(ends("LRANGE", key, elements, count), replies -> ValueInspection.ofList(joined(replies)));
    }

    private static ValueLook sortedSet(byte[] key, long elements, int count) {
        return new ValueLook(
                ends("ZRANGE", key, elements, count, "WITHSCORES"),
                replies -> ValueInspection.ofSortedSet(joined(replies)));
    }

    private static ValueLook hash(byte[] key, boolean isIterated, int count) {
        return isIterated
                ? new ValueLook(
                        List.of(command(key, "HSCAN", "0", "COUNT", Integer.toString(count))),
                        replies -> ValueInspection.ofHash(page(replies.getFirst(), 2 * count)))
                : new ValueLook(
                        List.of(command(key, "HRANDFIELD", Integer.toString(count), "WITHVALUES")),
                        replies -> ValueInspection.ofHash(Replies.bytes(replies.getFirst())));
    }

    private static ValueLook set(byte[] key, boolean isIterated, int count) {
        return isIterated
                ? new ValueLook(
                        List.of(command(key, "SSCAN", "0", "COUNT", Integer.toString(count))),
                        replies -> ValueInspection.ofSet(page(replies.getFirst(), count)))
                : new ValueLook(
                        List.of(command(key, "SRANDMEMBER", Integer.toString(count))),
                        replies -> ValueInspection.ofSet(Replies.bytes(replies.getFirst())));
    }

    private static ValueLook stream(byte[] key) {
        return new ValueLook(
                List.of(xinfo("STREAM", key), xinfo("GROUPS", key)),
                replies -> streamFacts(Replies.pairs(replies.getFirst()), replies.getLast()));
    }

    private static ValueFacts streamFacts(Map<String, Reply> stream, Reply groups) {
        long pending = 0;
        long lag = 0;
        for (Reply group : groups.elements()) {
            Map<String, Reply> fields = Replies.pairs(group);
            pending += fields.getOrDefault("pending", new Reply.Int(0)).integer();
            Reply groupLag = fields.getOrDefault("lag", new Reply.Null());
            boolean isKnown = lag >= 0 && groupLag instanceof Reply.Int;
            lag = isKnown ? Math.max(lag, groupLag.integer()) : -1;
        }
        List<Reply> newest = stream.getOrDefault("last-entry", new Reply.Null()).elements();
        return ValueInspection.ofStream(
                newest.size() == 2 ? Replies.bytes(newest.getLast()) : List.of(),
                new ValueFacts.Stream(
                        stream.getOrDefault("length", new Reply.Int(0)).integer(),
                        groups.elements().size(),
                        pending,
                        lag));
    }

    /// The first and the last elements; all in one when they meet.
    private static List<Command> ends(String name, byte[] key, long elements, int count, String... options) {
        if (elements <= count) {
            return List.of(range(name, key, 0, count - 1, options));
        }
        int half = Math.max(1, count / 2);
        return List.of(range(name, key, 0, half - 1, options), range(name, key, -half, -1, options));
    }

    private static Command range(String name, byte[] key, int from, int to, String... options) {
        List<String> words = new ArrayList<>(List.of(Integer.toString(from), Integer.toString(to)));
        words.addAll(List.of(options));
        return command(key, name, words.toArray(String[]::new));
    }

    private static Command command(byte[] key, String name, String... words) {
        List<byte[]> arguments = new ArrayList<>(List.of(ascii(name), key));
        for (String word : words) {
            arguments.add(ascii(word));
        }
        return new Command(arguments);
    }

    private static Command xinfo(String what, byte[] key) {
        return Command.ofBytes(ascii("XINFO"), ascii(what), key);
    }

    /// The elements of a page of HSCAN or SSCAN, at most `limit`.
    private static List<byte[]> page(Reply reply, int limit) {
        List<byte[]> elements = Replies.bytes(reply.elements().getLast());
        return elements.size() <= limit ? elements : elements.subList(0, limit);
    }

    private static List<byte[]> joined(List<Reply> replies) {
        return replies.stream().flatMap(reply -> Replies.bytes(reply).stream()).toList();
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
