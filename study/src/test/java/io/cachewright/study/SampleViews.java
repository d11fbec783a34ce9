package io.cachewright.study;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// Views with one of everything.
final class SampleViews {

    private SampleViews() {}

    static List<View> all() {
        return List.of(
                snapshot("md:{I}:l2"),
                capture("md:{BTCUSDT}:l2"),
                trace("quote:BTCUSD"),
                size("quote:<I>"),
                snapshotSize("book:<n>"));
    }

    static SnapshotView snapshot(String name) {
        return new SnapshotView(
                SnapshotView.FORMAT_VERSION,
                SnapshotView.KIND,
                "1.0",
                "dump.rdb",
                "Redis RDB version 10",
                "Redis 7.0.15",
                "Redis 7.0.15 with jemalloc, as bundled",
                true,
                Instant.parse("2026-04-20T13:30:00Z"),
                1_000,
                "verified",
                12,
                3,
                40_000,
                39_000,
                900_000L,
                List.of(new SnapshotView.Family(
                        name, "depth", 0.9, 10, 39_000, 900, 0.975, "hash", 0.25, 20_000, 4.5, null, name)),
                List.of(new SnapshotView.TypeUse("hash", "listpack", 10, 500, 39_000, 900)),
                List.of(new SnapshotView.Database(0, 10, 3, 39_500), new SnapshotView.Database(1, 2, 0, 500)),
                List.of(
                        new SnapshotView.Lifetime("no expiry", 9, 39_000),
                        new SnapshotView.Lifetime("up to 1 h", 3, 1_000)),
                List.of(new SnapshotView.Key(
                        0, name, name, "hash", "listpack", 500, 20_000, Instant.parse("2026-04-20T14:30:00Z"))),
                List.of(new SnapshotView.Element(0, name, "hash", "raw", 4_096)),
                new SnapshotView.CommandLog(5, 300, 2, false, List.of(new SnapshotView.Count("SET", 5))),
                List.of("2 values of modules were skipped"));
    }

    static TraceView trace(String name) {
        return new TraceView(
                TraceView.FORMAT_VERSION,
                TraceView.KIND,
                "1.0",
                "accesses.csv",
                "access trace",
                12.5,
                1_000,
                900,
                90,
                10,
                40,
                3,
                List.of(new TraceView.Popularity(0.01, 1, 0.35)),
                new CaptureView.Skew(0.9, 0.03, 20),
                new TraceView.Sizes(100, 4_096, 20_000, 180.5, 9_000),
                new TraceView.Lifetimes(0.1, 60, 3_600, 86_400),
                List.of(new TraceView.HotKey(name, 350, 0.35, 100)),
                List.of(new TraceView.Family(name, "ticker", 40, 1_000, 1, 900, 100, 180_500)),
                new CaptureView.Gaps(10_000, 50_000, 900_000, 2_000_000),
                List.of(new CaptureView.Burst(0.01, 20, 3.5, 0.8, 25)),
                new CaptureView.Timeline(0.01, List.of(1L, 20L, 3L)),
                List.of("values are taken to be 100 bytes"));
    }

    static CaptureView capture(String name) {
        return new CaptureView(
                CaptureView.FORMAT_VERSION,
                CaptureView.KIND,
                "1.0",
                "monitor.log",
                "MONITOR output",
                Instant.parse("2026-04-20T13:30:00Z"),
                2.5,
                1_000,
                700,
                300,
                4,
                25,
                List.of(
                        new CaptureView.Command(
                                "GET", 700, 0.7, 30_000, 1, new CaptureView.Latency(40_000, 90_000, 1e6, 700)),
                        new CaptureView.Command("SET", 300, 0.3, 60_000, 0, null)),
                List.of(new CaptureView.HotKey(name, 400, 3, 0.4)),
                List.of(new CaptureView.HotKey(name, 40_000, 0, 0.44)),
                List.of(),
                List.of(new CaptureView.Family(name, "depth", 20, 900, 0.9, 700, 200, 80_000, 0)),
                1,
                new CaptureView.Skew(0.99, 0.03, 20),
                new CaptureView.Gaps(100_000, 400_000, 2_000_000, 50_000_000),
                List.of(new CaptureView.Burst(0.01, 60, 1.2, 4, 15)),
                new CaptureView.Timeline(0.01, List.of(4L, 60L, 0L, 3L)),
                List.of(new CaptureView.AntiPattern(
                        "B6",
                        "performance",
                        "whole books are rewritten on every tick",
                        "write what changed",
                        12,
                        0,
                        700_000,
                        0,
                        List.of(name + " (3)"),
                        List.of("+0.000000 s  10.0.0.7:1 SET " + name + " {…}"))),
                List.of("malformed lines: line 7: a time is missing"));
    }

    static SizeView size(String family) {
        List<SizeView.Point> points = List.of(
                new SizeView.Point(1 << 20, 0.2, 0.18, 0.22),
                new SizeView.Point(1 << 24, 0.7, 0.69, 0.71),
                new SizeView.Point(1 << 28, 0.95, 0.95, 0.95));
        SizeView.Lifetimes lifetimes = new SizeView.Lifetimes(0.8, 0.01, 1.5, 30, 12, 40);
        SizeView.Tracking tracking = new SizeView.Tracking(0.6, 20, 90, 1_000);
        return new SizeView(
                SizeView.FORMAT_VERSION,
                SizeView.KIND,
                "1.0",
                "accesses.csv",
                "access trace",
                "Redis 7.0.15",
                0.1,
                new SizeView.Workload(10_000, 9_000, 900, 100, 2_000, 60, 1 << 28),
                List.of(new SizeView.Curve("allkeys-lru", true, points), new SizeView.Curve("S3-FIFO", false, points)),
                "allkeys-lru",
                1 << 24,
                new SizeView.Wanted(
                        0.96, List.of(new SizeView.Need("allkeys-lru", 1L << 27), new SizeView.Need("S3-FIFO", null))),
                List.of(new SizeView.Marginal(1 << 20, 1 << 24, 0.5, 4_800)),
                List.of(new SizeView.Family(family, "top of book", 900, 8_000, 0.8, 1 << 20, 0.9, 12)),
                new SizeView.Cost(
                        new BigDecimal("9.50"),
                        List.of(
                                new SizeView.CostPoint(1 << 20, 0.2, new BigDecimal("0.0093"), new BigDecimal("0.12")),
                                new SizeView.CostPoint(1 << 24, 0, new BigDecimal("0.1484"), null))),
                List.of(new SizeView.Replayed("allkeys-lru", 1 << 24, 0.7, 12, 3, 800, 0)),
                List.of(new SizeView.TimeToLive(family, 300, lifetimes, lifetimes, lifetimes)),
                new SizeView.ClientCache(10, 1_000, tracking, tracking),
                new SizeView.Shards(
                        List.of(new SizeView.Shard(0, 900, 0.6, 1 << 20), new SizeView.Shard(1, 1_100, 0.4, 1 << 20)),
                        1.2,
                        42,
                        0.3,
                        family,
                        0.2),
                List.of("the curves are estimated from a sample of 10 % of the keys"));
    }

    static SnapshotSizeView snapshotSize(String family) {
        return new SnapshotSizeView(
                SnapshotSizeView.FORMAT_VERSION,
                SnapshotSizeView.KIND,
                "1.0",
                "dump.rdb",
                "Redis RDB version 10",
                "Redis 7.0.15",
                12,
                40_000,
                List.of(new SnapshotSizeView.Server("Valkey 8.1", 34_000, -0.15)),
                List.of(new SnapshotSizeView.Encoding(
                        family,
                        "hash",
                        "hash-max-listpack-entries",
                        "512",
                        "2048",
                        "collections of up to 2000 elements would be a listpack",
                        4,
                        40,
                        new SnapshotSizeView.Stored(
                                600_000, 610_000, List.of(new SnapshotSizeView.Count("hashtable", 4))),
                        new SnapshotSizeView.Stored(
                                200_000, 205_000, List.of(new SnapshotSizeView.Count("listpack", 4))),
                        4_000_000,
                        -0.67,
                        List.of(
                                new SnapshotSizeView.Operation(
                                        "HGET one field", "worse", 900.0, 9_000.0, 9.0, 8.5, 9.6, 20_000.0, 30_000.0),
                                new SnapshotSizeView.Operation(
                                        "HSET one field",
                                        "not provable here",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)),
                        "saves memory; slower: HGET one field")),
                "shadow Redis 7.0.15",
                List.of());
    }
}
