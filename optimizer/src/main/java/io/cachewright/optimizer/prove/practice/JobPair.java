package io.cachewright.optimizer.prove.practice;

import io.cachewright.lab.wire.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What clients do today and what they should do instead, doing the same job.
///
/// @param description the job with its sizes, in one clause
/// @param reader a concurrent reader of both, where what it sees matters as much as how fast it is
public record JobPair(String description, Side today, Side better, Optional<Reader> reader) {

    /// @param parameters of the server that belong to this way of doing it
    /// @param fill what the server holds before
    public record Side(Map<String, String> parameters, List<Command> fill, Job job) {
        public Side {
            parameters = Map.copyOf(parameters);
            fill = List.copyOf(fill);
        }

        public Side(List<Command> fill, Job job) {
            this(Map.of(), fill, job);
        }
    }

    public static JobPair of(String description, Side today, Side better) {
        return new JobPair(description, today, better, Optional.empty());
    }

    public JobPair watchedBy(Reader newReader) {
        return new JobPair(description, today, better, Optional.of(newReader));
    }
}
