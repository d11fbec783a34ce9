package io.cachewright.study;

import java.math.BigDecimal;
import java.util.List;

/// Views with one of everything.
final class SampleViews {

    private SampleViews() {}

    static List<View> all() {
        return List.of(size("quote:<I>"));
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
}
