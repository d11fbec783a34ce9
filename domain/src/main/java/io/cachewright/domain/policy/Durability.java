package io.cachewright.domain.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What must have a write before it counts as done.
public sealed interface Durability {

    /// More are somebody's mistake: servers have a few.
    int REPLICAS_MAX = 16;

    /// The primary's memory: a failover or a crash may lose it.
    record Async() implements Durability {
        @Override
        public String toString() {
            return "async";
        }
    }

    /// Also the memory of so many replicas, checked with `WAIT`: it survives the loss of the primary when one of them
    /// is promoted.
    record Replicated(int replicas) implements Durability {
        public Replicated {
            checkReplicas(replicas, 1);
        }

        @Override
        public String toString() {
            return "replicated(" + replicas + ")";
        }
    }

    /// The disks of the primary and of so many replicas, checked with `WAITAOF`: it survives the loss of power too.
    record Durable(int replicas) implements Durability {
        public Durable {
            checkReplicas(replicas, 0);
        }

        @Override
        public String toString() {
            return "durable(" + replicas + ")";
        }
    }

    static Durability async() {
        return new Async();
    }

    static Durability replicated(int replicas) {
        return new Replicated(replicas);
    }

    static Durability durable(int replicas) {
        return new Durable(replicas);
    }

    /// Reads `async`, `replicated(2)`, `durable(1)`; without a number it is 1.
    static Optional<Durability> parse(String text) {
        Matcher form = Pattern.compile("(async|replicated|durable)(?:\\((\\d{1,2})\\))?")
                .matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        int replicas = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
        return switch (form.group(1)) {
            case "async" -> form.group(2) == null ? Optional.of(async()) : Optional.empty();
            case "replicated" ->
                replicas >= 1 && replicas <= REPLICAS_MAX ? Optional.of(replicated(replicas)) : Optional.empty();
            default -> replicas <= REPLICAS_MAX ? Optional.of(durable(replicas)) : Optional.empty();
        };
    }

    private static void checkReplicas(int replicas, int min) {
        if (replicas < min || replicas > REPLICAS_MAX) {
            throw new IllegalArgumentException("replicas must be " + min + " to " + REPLICAS_MAX + ", was " + replicas);
        }
    }
}
