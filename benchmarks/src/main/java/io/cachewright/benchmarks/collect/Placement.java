package io.cachewright.benchmarks.collect;

import io.cachewright.benchmarks.Processors;
import java.io.IOException;
import java.util.List;

/// Which cores the server with its load and the collector run on.
enum Placement {
    /// All on all cores, at one priority: the worst that can happen.
    SHARED(""),
    /// The same, and the collector gives way to everybody (`nice -n 19`).
    YIELDING("nice -n 19"),
    /// The server with its load on the first core, the collector on the second: as from another machine.
    APART("taskset -c 1");

    private final String collectorPrefix;

    Placement(String collectorPrefix) {
        this.collectorPrefix = collectorPrefix;
    }

    List<String> collectorPrefix() {
        return collectorPrefix.isEmpty() ? List.of() : List.of(collectorPrefix.split(" ", -1));
    }

    /// Puts a running process, with all its threads, where the server and its load belong.
    void bind(long pid) throws IOException, InterruptedException {
        if (this == APART) {
            Processors.bind(pid, 0);
        }
    }
}
