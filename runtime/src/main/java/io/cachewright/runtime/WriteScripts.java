package io.cachewright.runtime;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.AsyncCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writes that run in the server, as functions where it has them and as scripts where not. Either way the
/// server may have lost them, and is then told them again.
enum WriteScripts {
    PUT("cachewright_put"),
    PUT_ALL("cachewright_put_all"),
    DELETE("cachewright_delete"),
    FILL("cachewright_fill"),
    VOID("cachewright_void");

    /// Functions are only ever added: then it does not matter which of two releases side by side has loaded it last.
    private static final String LIBRARY = "cachewright1";

    private final String function;
    private final String script;
    private final String hash;

    WriteScripts(String function) {
        this.function = function;
        this.script = Text.ALL + "\nreturn " + function + "(KEYS, ARGV)\n";
        this.hash = ServerScript.digestOf(script);
    }

    /// An enum's constants are made before its static fields.
    private static final class Text {
        private static final String ALL = source();
    }

    /// How a server is asked to run one.
    enum Form {
        FUNCTION,
        SCRIPT_BY_HASH,
        SCRIPT
    }

    AsyncCommand<String, byte[], List<Object>> call(Form form, List<String> keys, List<byte[]> arguments) {
        return switch (form) {
            case FUNCTION -> Commands.fcall(function, keys, arguments);
            case SCRIPT_BY_HASH -> Commands.evalShaList(hash, keys, arguments);
            case SCRIPT -> Commands.evalList(script, keys, arguments);
        };
    }

    static AsyncCommand<String, byte[], String> load() {
        StringBuilder library = new StringBuilder("#!lua name=" + LIBRARY + "\n").append(Text.ALL);
        for (WriteScripts each : values()) {
            library.append("\nredis.register_function('")
                    .append(each.function)
                    .append("', ")
                    .append(each.function)
                    .append(")\n");
        }
        return Commands.functionLoad(library.toString());
    }

    static boolean isUnknownFunction(@Nullable Throwable failure) {
        return says(failure, "ERR Function not found");
    }

    static boolean isUnknownScript(@Nullable Throwable failure) {
        return says(failure, "NOSCRIPT");
    }

    /// The server has no functions, or not for this user.
    static boolean hasNoFunctions(@Nullable Throwable failure) {
        return says(failure, "ERR unknown command") || says(failure, "NOPERM");
    }

    private static boolean says(@Nullable Throwable failure, String beginning) {
        return failure instanceof RedisCommandExecutionException error
                && String.valueOf(error.getMessage()).startsWith(beginning);
    }

    private static String source() {
        try (InputStream input = WriteScripts.class.getResourceAsStream("writes.lua")) {
            if (input == null) {
                throw new IllegalStateException("writes.lua is not on board");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
