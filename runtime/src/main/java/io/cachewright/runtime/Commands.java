package io.cachewright.runtime;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.KeyScanOutput;
import io.lettuce.core.output.StatusOutput;
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
