package io.cachewright.runtime;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.models.stream.ClaimedMessages;
import io.lettuce.core.output.ClaimedMessagesOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.KeyScanOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.StreamReadOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The commands that links send, made by hand so that their callbacks can be attached before they are sent.
final class Commands {

    static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private static final Pattern GLOB_SPECIAL = Pattern.compile("[*?\\[\\]\\\\^]");

    private Commands() {}

    static AsyncCommand<String, byte[], byte[]> get(String key) {
        return command(CommandType.GET, new ValueOutput<>(CODEC), args().addKey(key));
    }

    static AsyncCommand<String, byte[], Long> pttl(String key) {
        return command(CommandType.PTTL, new IntegerOutput<>(CODEC), args().addKey(key));
    }

    /// The values of `fields` of a hash in their order, null for one that does not exist.
    static AsyncCommand<String, byte[], List<byte @Nullable []>> hmget(String key, List<String> fields) {
        CommandArgs<String, byte[]> args = args().addKey(key);
        fields.forEach(args::add);
        return command(CommandType.HMGET, new ValueListOutput<>(CODEC), args);
    }

    static AsyncCommand<String, byte[], String> set(String key, byte[] value, long ttlMillis) {
        CommandArgs<String, byte[]> args = args().addKey(key).addValue(value);
        if (ttlMillis > 0) {
            args.add("PX").add(ttlMillis);
        }
        return command(CommandType.SET, new StatusOutput<>(CODEC), args);
    }

    static AsyncCommand<String, byte[], String> setIfAbsent(String key, byte[] value) {
        return command(
                CommandType.SET,
                new StatusOutput<>(CODEC),
                args().addKey(key).addValue(value).add("NX"));
    }

    static AsyncCommand<String, byte[], Long> unlink(String key) {
        return command(CommandType.UNLINK, new IntegerOutput<>(CODEC), args().addKey(key));
    }

    /// One page of the keys that start with `prefix`, of about `count` keys looked at.
    static AsyncCommand<String, byte[], KeyScanCursor<String>> scan(String cursor, String prefix, int count) {
        return command(
                CommandType.SCAN,
                new KeyScanOutput<>(CODEC),
                args().add(cursor).add("MATCH").add(globOf(prefix)).add("COUNT").add(count));
    }

    private static String globOf(String prefix) {
        return GLOB_SPECIAL.matcher(prefix).replaceAll("\\\\$0") + "*";
    }

    /// A map of what the server is, as a list of names and values; the protocol stays as it is.
    static AsyncCommand<String, byte[], List<Object>> hello() {
        return command(CommandType.HELLO, new NestedMultiOutput<>(CODEC), args().add(3));
    }

    /// Answered by the node that owns the key's slot, while the cluster is up, and counted in no statistics: the
    /// transaction that it would guard never comes.
    static AsyncCommand<String, byte[], String> watch(String key) {
        return command(CommandType.WATCH, new StatusOutput<>(CODEC), args().addKey(key));
    }

    static AsyncCommand<String, byte[], List<Object>> clusterSlots() {
        return command(CommandType.CLUSTER, new NestedMultiOutput<>(CODEC), args().add("SLOTS"));
    }

    /// All that a Sentinel knows of the primary `name`, as a list of names and values.
    static AsyncCommand<String, byte[], List<Object>> sentinelMaster(String name) {
        return command(
                CommandType.SENTINEL,
                new NestedMultiOutput<>(CODEC),
                args().add("MASTER").addKey(name));
    }

    /// Must stand right before the one command that a node shall execute although it does not own the slot yet.
    static AsyncCommand<String, byte[], String> asking() {
        return command(CommandType.ASKING, new StatusOutput<>(CODEC), args());
    }

    static AsyncCommand<String, byte[], Long> eval(String script, List<String> keys, List<byte[]> values) {
        return command(CommandType.EVAL, new IntegerOutput<>(CODEC), script(script, keys, values));
    }

    static AsyncCommand<String, byte[], Long> evalSha(String digest, List<String> keys, List<byte[]> values) {
        return command(CommandType.EVALSHA, new IntegerOutput<>(CODEC), script(digest, keys, values));
    }

    private static CommandArgs<String, byte[]> script(String script, List<String> keys, List<byte[]> values) {
        CommandArgs<String, byte[]> args = args().add(script).add(keys.size());
        keys.forEach(args::addKey);
        values.forEach(args::addValue);
        return args;
    }

    static AsyncCommand<String, byte[], String> createGroup(String stream, String group) {
        return command(
                CommandType.XGROUP,
                new StatusOutput<>(CODEC),
                args().add("CREATE").addKey(stream).add(group).add("0").add("MKSTREAM"));
    }

    static AsyncCommand<String, byte[], List<StreamMessage<String, byte[]>>> readGroup(
            String stream, String group, String consumer, int max) {
        return command(
                CommandType.XREADGROUP,
                new StreamReadOutput<>(CODEC),
                args().add("GROUP")
                        .add(group)
                        .add(consumer)
                        .add("COUNT")
                        .add(max)
                        .add("STREAMS")
                        .addKey(stream)
                        .add(">"));
    }

    static AsyncCommand<String, byte[], ClaimedMessages<String, byte[]>> claim(
            String stream, String group, String consumer, long idleMillis, int max) {
        return command(
                CommandType.XAUTOCLAIM,
                new ClaimedMessagesOutput<>(CODEC, stream, false),
                args().addKey(stream)
                        .add(group)
                        .add(consumer)
                        .add(idleMillis)
                        .add("0-0")
                        .add("COUNT")
                        .add(max));
    }

    static AsyncCommand<String, byte[], Long> acknowledge(String stream, String group, String id) {
        return command(
                CommandType.XACK,
                new IntegerOutput<>(CODEC),
                args().addKey(stream).add(group).add(id));
    }

    static AsyncCommand<String, byte[], String> tracking(Tracking mode, List<String> prefixes) {
        CommandArgs<String, byte[]> args = args().add("TRACKING").add("ON");
        switch (mode) {
            case BROADCAST -> {
                args.add("BCAST");
                prefixes.forEach(prefix -> args.add("PREFIX").addKey(prefix));
            }
            case OPT_IN -> args.add("OPTIN");
        }
        return command(CommandType.CLIENT, new StatusOutput<>(CODEC), args);
    }

    /// The entry at the end of a log.
    static AsyncCommand<String, byte[], List<Object>> xlast(String log) {
        return command(
                CommandType.XREVRANGE,
                new NestedMultiOutput<>(CODEC),
                args().addKey(log).add("+").add("-").add("COUNT").add(1));
    }

    /// Entries of a log from `id` on, that one included.
    static AsyncCommand<String, byte[], List<Object>> xrange(String log, String id, int count) {
        return command(
                CommandType.XRANGE,
                new NestedMultiOutput<>(CODEC),
                args().addKey(log).add(id).add("+").add("COUNT").add(count));
    }

    static AsyncCommand<String, byte[], List<Object>> fcall(
            String function, List<String> keys, List<byte[]> arguments) {
        return command(CommandType.FCALL, new NestedMultiOutput<>(CODEC), called(function, keys, arguments));
    }

    static AsyncCommand<String, byte[], List<Object>> evalShaList(
            String hash, List<String> keys, List<byte[]> arguments) {
        return command(CommandType.EVALSHA, new NestedMultiOutput<>(CODEC), called(hash, keys, arguments));
    }

    static AsyncCommand<String, byte[], List<Object>> evalList(
            String script, List<String> keys, List<byte[]> arguments) {
        return command(CommandType.EVAL, new NestedMultiOutput<>(CODEC), called(script, keys, arguments));
    }

    private static CommandArgs<String, byte[]> called(String what, List<String> keys, List<byte[]> arguments) {
        CommandArgs<String, byte[]> args = args().add(what).add(keys.size()).addKeys(keys);
        arguments.forEach(args::addValue);
        return args;
    }

    static AsyncCommand<String, byte[], String> functionLoad(String library) {
        return command(
                CommandType.FUNCTION,
                new StatusOutput<>(CODEC),
                args().add("LOAD").add("REPLACE").add(library));
    }

    /// How many replicas have what was written on this connection so far.
    static AsyncCommand<String, byte[], Long> waitReplicas(int replicas, long timeoutMillis) {
        return command(
                CommandType.WAIT,
                new IntegerOutput<>(CODEC),
                args().add(replicas).add(timeoutMillis));
    }

    /// How many disks have it: the primary's, and those of replicas.
    static AsyncCommand<String, byte[], List<Object>> waitDisks(int replicas, long timeoutMillis) {
        return new AsyncCommand<>(new Command<>(
                new WaitAof(),
                new NestedMultiOutput<>(CODEC),
                args().add(1).add(replicas).add(timeoutMillis)));
    }

    /// Newer than the driver's list of commands.
    private static final class WaitAof implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return "WAITAOF".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return "WAITAOF";
        }
    }

    /// Must stand right before the read that the server shall remember.
    static AsyncCommand<String, byte[], String> caching() {
        return command(
                CommandType.CLIENT,
                new StatusOutput<>(CODEC),
                args().add("CACHING").add("YES"));
    }

    private static CommandArgs<String, byte[]> args() {
        return new CommandArgs<>(CODEC);
    }

    private static <T> AsyncCommand<String, byte[], T> command(
            CommandType type, CommandOutput<String, byte[], T> output, CommandArgs<String, byte[]> args) {
        return new AsyncCommand<>(new Command<>(type, output, args));
    }
}
