package io.cachewright.benchmarks.snapshot;

import com.moilioncircle.redis.replicator.Configuration;
import com.moilioncircle.redis.replicator.FileType;
import com.moilioncircle.redis.replicator.RedisReplicator;
import com.moilioncircle.redis.replicator.Replicator;
import com.moilioncircle.redis.replicator.rdb.datatype.KeyValuePair;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The library redis-replicator in a process of its own: decodes a file and counts its keys, the least that one can
/// ask of it.
public final class ReplicatorProcess {

    static final String TITLE = "redis-replicator 3.11.0 counts its keys";

    private ReplicatorProcess() {}

    public static void main(String... arguments) throws IOException {
        AtomicLong keys = new AtomicLong();
        try (Replicator replicator =
                new RedisReplicator(new File(arguments[0]), FileType.RDB, Configuration.defaultSetting())) {
            replicator.addEventListener((_, event) -> {
                if (event instanceof KeyValuePair) {
                    keys.incrementAndGet();
                }
            });
            replicator.open();
        }
        if (keys.get() == 0) {
            throw new IOException("no keys in " + arguments[0]);
        }
        System.out.println(keys.get());
    }

    static TimedProcess run(Path file) throws IOException, InterruptedException {
        return TimedProcess.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReplicatorProcess.class.getName(),
                file.toString()));
    }
}
