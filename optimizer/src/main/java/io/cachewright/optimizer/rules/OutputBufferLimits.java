package io.cachewright.optimizer.rules;

import io.cachewright.domain.ByteSize;
import java.util.Optional;

/// The parameter `client-output-buffer-limit`, one limit a class of clients, as CONFIG GET prints it.
public record OutputBufferLimits(Limit normal, String replicaName, Limit replica, Limit pubsub) {

    private static final int WORDS = 12;

    /// A client is disconnected above `hardBytes`, or when it stays above `softBytes` for `softSeconds`; 0 is no limit.
    public record Limit(long hardBytes, long softBytes, long softSeconds) {

        /// For people.
        public String text() {
            return (hardBytes == 0 ? "no hard limit" : new ByteSize(hardBytes) + " hard") + ", "
                    + (softBytes == 0 ? "no soft limit" : new ByteSize(softBytes) + " for " + softSeconds + " s");
        }

        private String toConfig() {
            return hardBytes + " " + softBytes + " " + softSeconds;
        }
    }

    /// Empty when the text is not of that form.
    public static Optional<OutputBufferLimits> parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != WORDS || !words[0].equals("normal") || !words[8].equals("pubsub")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OutputBufferLimits(limit(words, 1), words[4], limit(words, 5), limit(words, 9)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    public OutputBufferLimits withReplica(Limit limit) {
        return new OutputBufferLimits(normal, replicaName, limit, pubsub);
    }

    public OutputBufferLimits withPubsub(Limit limit) {
        return new OutputBufferLimits(normal, replicaName, replica, limit);
    }

    /// Exactly as CONFIG GET would print it, so that a later look can compare.
    public String toConfig() {
        return "normal " + normal.toConfig() + " " + replicaName + " " + replica.toConfig() + " pubsub "
                + pubsub.toConfig();
    }

    private static Limit limit(String[] words, int at) {
        return new Limit(Long.parseLong(words[at]), Long.parseLong(words[at + 1]), Long.parseLong(words[at + 2]));
    }
}
