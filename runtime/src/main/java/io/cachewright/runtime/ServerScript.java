package io.cachewright.runtime;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// A Lua script that answers with a whole number. It is called by its digest and sent in full where the server
/// does not know it: after a restart, a failover, `SCRIPT FLUSH`.
final class ServerScript {

    private final String text;
    private final String digest;

    ServerScript(String text) {
        this.text = text;
        this.digest = digestOf(text);
    }

    /// `send` brings a command to the owner of the keys, which must all lie in one slot; `values` are made anew for
    /// each attempt.
    CompletableFuture<Long> call(
            Function<Supplier<AsyncCommand<String, byte[], Long>>, CompletableFuture<Long>> send,
            List<String> keys,
            Supplier<List<byte[]>> values) {
        return send.apply(() -> Commands.evalSha(digest, keys, values.get()))
                .exceptionallyCompose(failure -> failure instanceof RedisNoScriptException
                        ? send.apply(() -> Commands.eval(text, keys, values.get()))
                        : CompletableFuture.failedFuture(failure));
    }

    /// What a server calls a script by.
    static String digestOf(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
