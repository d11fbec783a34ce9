package io.cachewright.optimizer.prove;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.prove.practice.Job;
import io.cachewright.optimizer.prove.practice.JobPair;
import io.cachewright.optimizer.prove.practice.Reader;
import io.cachewright.optimizer.prove.practice.Reader.View;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a reader sees while the job is done over and over. Measured apart from the timings, which it would disturb.
final class Readers {

    private static final Duration LENGTH = Duration.ofMillis(250);

    private Readers() {}

    static String compare(Reader reader, JobPair jobs, RedisServer today, RedisServer better) {
        return "a concurrent reader saw " + told(watch(reader, jobs.today().job(), today)) + " today, "
                + told(watch(reader, jobs.better().job(), better)) + " with the change";
    }

    private static Map<View, Integer> watch(Reader reader, Job job, RedisServer server) {
        Map<View, Integer> views = new EnumMap<>(View.class);
        AtomicBoolean isOver = new AtomicBoolean();
        try (WireConnection toWrite = server.connect();
                WireConnection toRead = server.connect()) {
            Thread writer = Thread.ofPlatform().name("proof-writer").start(() -> {
                for (int number = 0; !isOver.get(); number++) {
                    job.run(toWrite, number);
                }
            });
            try {
                long end = System.nanoTime() + LENGTH.toNanos();
                while (System.nanoTime() - end < 0) {
                    views.merge(reader.read(toRead), 1, Integer::sum);
                }
            } finally {
                isOver.set(true);
                writer.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return views;
    }

    private static String told(Map<View, Integer> views) {
        int reads = views.values().stream().mapToInt(Integer::intValue).sum();
        return String.format(
                Locale.ROOT,
                "%,d torn and %,d empty of %,d views",
                views.getOrDefault(View.TORN, 0),
                views.getOrDefault(View.EMPTY, 0),
                reads);
    }
}
