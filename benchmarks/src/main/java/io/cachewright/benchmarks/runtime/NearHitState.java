package io.cachewright.benchmarks.runtime;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One near hit as JMH measures it, in a process for each subject and way of asking.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow"
        })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class NearHitState {

    /// A [NearHitSubject].
    @Param("CAFFEINE")
    public String subject = "";

    /// A [NearHitRunner.Asking].
    @Param("AS_A_CALLER")
    public String asking = "";

    private @Nullable RedisServer server;
    private ToIntFunction<String> get = _ -> 0;
    private String[] asked = {};

    /// Where one thread has got to.
    @State(Scope.Thread)
    public static class Place {
        private int next;
    }

    @Setup
    public void open() throws Exception {
        RedisServer started = RedisServer.start(ServerSettings.onTcp());
        server = started;
        String[] keys = NearHitRunner.keys();
        get = NearHitSubject.valueOf(subject).open("redis://" + started.address(), keys);
        asked = NearHitRunner.Asking.valueOf(asking).of(keys);
        System.gc();
    }

    @TearDown
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    @org.openjdk.jmh.annotations.Benchmark
    public int hit(Place place) {
        String[] all = asked;
        return get.applyAsInt(all[place.next++ & (all.length - 1)]);
    }
}
