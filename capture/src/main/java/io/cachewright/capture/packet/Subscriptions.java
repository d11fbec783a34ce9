package io.cachewright.capture.packet;

import io.cachewright.capture.command.Arguments;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a connection is subscribed to: channels, patterns and sharded channels, counted apart. Commands about
/// subscriptions are not answered but confirmed, once for each channel.
final class Subscriptions {

    private static final List<String> KINDS = List.of("subscribe", "psubscribe", "ssubscribe");

    private final Map<String, Integer> counts = new HashMap<>();

    /// The word by which a server confirms this command, or null where it is not about subscriptions.
    static @Nullable String confirmation(Arguments arguments) {
        int length = arguments.length(0);
        if (length < 9 || length > 12) {
            return null;
        }
        String name = arguments.text(0).toLowerCase(Locale.ROOT);
        return KINDS.contains(name) || KINDS.contains(begun(name)) ? name : null;
    }

    /// How many confirmations a command gets: to end all subscriptions is confirmed for each, and at least once.
    int expected(Arguments arguments, String confirmation) {
        return arguments.count() > 1 ? arguments.count() - 1 : Math.max(1, counts.getOrDefault(begun(confirmation), 0));
    }

    void confirmed(String confirmation) {
        if (KINDS.contains(confirmation)) {
            counts.merge(confirmation, 1, Integer::sum);
        } else {
            counts.computeIfPresent(begun(confirmation), (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    void clear() {
        counts.clear();
    }

    /// `unsubscribe` ends what `subscribe` began.
    private static String begun(String ending) {
        return ending.replaceFirst("un", "");
    }
}
