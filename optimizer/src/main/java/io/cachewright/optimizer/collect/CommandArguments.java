package io.cachewright.optimizer.collect;

import io.cachewright.domain.keys.RedactedName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What may be kept of a logged command: its name, its subcommand and the names of its keys. Every other argument
/// becomes its length.
final class CommandArguments {

    private static final Set<String> WITH_SUBCOMMAND = Set.of(
            "acl",
            "client",
            "cluster",
            "command",
            "commandlog",
            "config",
            "debug",
            "function",
            "latency",
            "memory",
            "module",
            "object",
            "pubsub",
            "script",
            "slowlog",
            "xgroup",
            "xinfo");

    private static final Set<String> KEY_AFTER_SUBCOMMAND = Set.of("memory", "object", "xgroup", "xinfo");

    private static final Set<String> WITHOUT_KEY = Set.of(
            "auth",
            "bgrewriteaof",
            "bgsave",
            "dbsize",
            "discard",
            "echo",
            "exec",
            "failover",
            "flushall",
            "flushdb",
            "hello",
            "info",
            "lastsave",
            "lolwut",
            "monitor",
            "multi",
            "ping",
            "psubscribe",
            "publish",
            "punsubscribe",
            "psync",
            "quit",
            "randomkey",
            "readonly",
            "readwrite",
            "replconf",
            "replicaof",
            "reset",
            "role",
            "save",
            "scan",
            "select",
            "shutdown",
            "slaveof",
            "spublish",
            "ssubscribe",
            "subscribe",
            "swapdb",
            "sync",
            "time",
            "unsubscribe",
            "unwatch",
            "wait",
            "waitaof");

    private static final Set<String> ALL_KEYS = Set.of(
            "del",
            "exists",
            "mget",
            "pfcount",
            "pfmerge",
            "sdiff",
            "sdiffstore",
            "sinter",
            "sinterstore",
            "sunion",
            "sunionstore",
            "touch",
            "unlink",
            "watch",
            "rename",
            "renamenx");

    private static final Set<String> KEYS_AND_VALUES = Set.of("mset", "msetnx");

    private static final Set<String> NUMBERED_KEYS =
            Set.of("eval", "evalsha", "eval_ro", "evalsha_ro", "fcall", "fcall_ro");

    /// Of commands whose pattern tells what they do to the server, as in `KEYS *`.
    private static final Set<String> PATTERN_FIRST = Set.of("keys");

    /// How the server cuts a long argument in its logs.
    private static final Pattern CUT = Pattern.compile("(?s)(.*)\\.\\.\\. \\((\\d{1,18}) more bytes\\)");

    private static final Pattern MORE_ARGUMENTS = Pattern.compile("\\.\\.\\. \\(\\d{1,18} more arguments\\)");

    private CommandArguments() {}

    static List<String> kept(List<byte[]> arguments) {
        if (arguments.isEmpty()) {
            return List.of();
        }
        String command = text(arguments.getFirst());
        String name = command.toLowerCase(Locale.ROOT);
        List<String> kept = new ArrayList<>();
        kept.add(command);
        for (int i = 1; i < arguments.size(); i++) {
            byte[] argument = arguments.get(i);
            boolean isLast = i == arguments.size() - 1;
            if (isLast && MORE_ARGUMENTS.matcher(text(argument)).matches()) {
                kept.add(text(argument));
            } else if (i == 1
                    && WITH_SUBCOMMAND.contains(name)
                    && text(argument).matches("[A-Za-z-]{1,32}")) {
                kept.add(text(argument));
            } else if (isKey(name, i, arguments)) {
                kept.add(RedactedName.of(argument).printed());
            } else {
                kept.add(lengthOf(argument));
            }
        }
        return kept;
    }

    private static boolean isKey(String name, int index, List<byte[]> arguments) {
        if (WITHOUT_KEY.contains(name)) {
            return false;
        }
        if (WITH_SUBCOMMAND.contains(name)) {
            return index == 2 && KEY_AFTER_SUBCOMMAND.contains(name);
        }
        if (NUMBERED_KEYS.contains(name)) {
            String count = arguments.size() > 2 ? text(arguments.get(2)) : "";
            return count.matches("\\d{1,6}") && index > 2 && index <= 2 + Integer.parseInt(count);
        }
        if (KEYS_AND_VALUES.contains(name)) {
            return index % 2 == 1;
        }
        return ALL_KEYS.contains(name) || PATTERN_FIRST.contains(name) || index == 1;
    }

    private static String lengthOf(byte[] argument) {
        Matcher cut = CUT.matcher(new String(argument, StandardCharsets.ISO_8859_1));
        long length = cut.matches() ? cut.group(1).length() + Long.parseLong(cut.group(2)) : argument.length;
        return "<" + length + " bytes>";
    }

    private static String text(byte[] argument) {
        return new String(argument, StandardCharsets.UTF_8);
    }
}
