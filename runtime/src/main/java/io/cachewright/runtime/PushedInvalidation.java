package io.cachewright.runtime;

import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a server says has changed.
///
/// @param keys empty for everything
record PushedInvalidation(List<String> keys) {

    /// Takes what is not a list of keys for "everything": `FLUSHALL` sends a null, and an unknown form must not be
    /// taken for nothing.
    static Optional<PushedInvalidation> of(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return Optional.empty();
        }
        List<Object> content = message.getContent(StandardCharsets.UTF_8::decode);
        if (content.size() == 2 && content.get(1) instanceof List<?> keys) {
            return Optional.of(new PushedInvalidation(
                    keys.stream().map(PushedInvalidation::textOf).toList()));
        }
        return Optional.of(new PushedInvalidation(List.of()));
    }

    boolean isEverything() {
        return keys.isEmpty();
    }

    private static String textOf(Object key) {
        return switch (key) {
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case ByteBuffer bytes ->
                StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
            default -> key.toString();
        };
    }
}
