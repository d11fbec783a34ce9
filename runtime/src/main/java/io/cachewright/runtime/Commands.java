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
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.StreamReadOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.regex.Pattern;

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

    static AsyncCommand<String, byte[], String> ping() {
        return command(CommandType.PING, new StatusOutput<>(CODEC), args());
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
