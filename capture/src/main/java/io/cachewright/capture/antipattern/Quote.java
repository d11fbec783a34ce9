package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.KeyUse;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes a command so that people can see what happened and nobody can read what was stored: names of keys,
/// options and small numbers of options stay, values become their shape.
final class Quote {

    private static final int ARGUMENTS_SHOWN = 12;
    private static final int KEY_CHARACTERS_SHOWN = 60;
    /// What may be a token, a hash, a session or an address: of it only the first four characters are shown.
    private static final Pattern TOKEN =
            Pattern.compile("(?=[^:]*\\d)[A-Za-z0-9+/_=-]{20,}|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+");

    private static final Set<String> OPTIONS = Set.of(
            "NX",
            "XX",
            "GT",
            "LT",
            "CH",
            "EX",
            "PX",
            "EXAT",
            "PXAT",
            "KEEPTTL",
            "GET",
            "MAXLEN",
            "MINID",
            "LIMIT",
            "COUNT",
            "BLOCK",
            "STREAMS",
            "GROUP",
            "MATCH",
            "TYPE",
            "WITHSCORES",
            "REV",
            "BYSCORE",
            "BYLEX",
            "STORE",
            "NOACK",
            "~",
            "=",
            "*",
            "$",
            ">",
            "+",
            "-",
            "LEFT",
            "RIGHT",
            "MIN",
            "MAX",
            "REPLACE",
            "ASYNC",
            "SYNC",
            "LOAD",
            "NOMKSTREAM");
    /// Commands whose integers are positions or times to live, not values.
    private static final Set<String> RANGES = Set.of(
            "EXPIRE",
            "PEXPIRE",
            "EXPIREAT",
            "PEXPIREAT",
            "LRANGE",
            "LTRIM",
            "ZRANGE",
            "ZREVRANGE",
            "GETRANGE",
            "SELECT",
            "SCAN",
            "XREAD",
            "XREADGROUP",
            "EVAL",
            "EVALSHA",
            "FCALL");

    private Quote() {}

    static String of(Observed observed) {
        Arguments arguments = observed.arguments();
        StringBuilder line = new StringBuilder();
        line.append(observed.client().address())
                .append(' ')
                .append(arguments.text(0).toUpperCase(Locale.ROOT));
        int shown = Math.min(arguments.count(), ARGUMENTS_SHOWN);
        for (int i = 1; i < shown; i++) {
            line.append(' ').append(argument(observed, i));
        }
        if (shown < arguments.count()) {
            line.append(" … ").append(arguments.count() - shown).append(" more");
        }
        return line.toString();
    }

    private static String argument(Observed observed, int i) {
        Arguments arguments = observed.arguments();
        for (KeyUse key : observed.keys()) {
            if (key.argument() == i) {
                return name(arguments, i);
            }
        }
        if (arguments.length(i) <= 10) {
            String word = arguments.text(i).toUpperCase(Locale.ROOT);
            if (OPTIONS.contains(word)) {
                return word;
            }
            boolean isOptionNumber = arguments.length(i - 1) <= 10
                    && i > 1
                    && OPTIONS.contains(arguments.text(i - 1).toUpperCase(Locale.ROOT));
            if (Shapes.isInteger(arguments, i) && (isOptionNumber || RANGES.contains(observed.name()))) {
                return word;
            }
        }
        if (observed.name().equals("PUBLISH") && i == 1) {
            return name(arguments, i);
        }
        if (i == 1 && observed.name().equals("KEYS")) {
            return name(arguments, i);
        }
        return Shapes.of(arguments, i);
    }

    private static String name(Arguments arguments, int i) {
        return key(Key.of(arguments, i).toString());
    }

    /// A name of a key with what may be a secret in it taken out.
    static String key(String name) {
        String plain = TOKEN.matcher(name)
                .replaceAll(token ->
                        token.group().substring(0, Math.min(4, token.group().length())) + "…");
        return plain.length() <= KEY_CHARACTERS_SHOWN ? plain : plain.substring(0, KEY_CHARACTERS_SHOWN) + "…";
    }
}
