package io.cachewright.optimizer.recommend;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.recommend.MonitoringQuery.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Says what to watch after a finding was mended. Only metrics that redis_exporter is known to have are used
/// (oliver006/redis_exporter: `exporter/exporter.go`); for other findings there is nothing to watch.
public final class Monitoring {

    private static final Duration AT_ONCE = Duration.ofMinutes(1);
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    /// A mended rate that is back at half of what it was needs another look.
    private static final double RELAPSE_SHARE = 0.5;

    private static final double MEMORY_USED_SHARE_MAX = 0.9;

    private sealed interface Watch {

        /// Something that must not happen at all.
        record Never(String expression, String what) implements Watch {}

        /// A state that the server reports as 1 while all is well.
        record Up(String expression, String what) implements Watch {}

        /// A counter whose growth a second was too high.
        record Rate(String metric, String infoField) implements Watch {}

        /// A share of a limit.
        record ShareOf(String expression, double max, String what) implements Watch {}

        /// A value of INFO that should fall towards `ideal`.
        record Excess(String metric, String infoField, double ideal) implements Watch {}

        /// A value of INFO on its way to the limit that a parameter sets.
        record Approach(String metric, String infoField, String parameter) implements Watch {}
    }

    private static final Watch MEMORY_LIMIT = new Watch.ShareOf(
            "redis_memory_used_bytes / (redis_memory_max_bytes > 0)",
            MEMORY_USED_SHARE_MAX,
            "a tenth of the limit is left");
    private static final Watch KEYS_CALLED =
            new Watch.Never("rate(redis_commands_total{cmd=\"keys\"}[5m])", "no call of KEYS");
    private static final Watch FULL_COPIES =
            new Watch.Never("increase(redis_replica_resyncs_full[15m])", "no full copy");
    private static final Watch FSYNC_DELAYED =
            new Watch.Never("increase(redis_aof_delayed_fsync[5m])", "no write that waited for the disk");

    private static final Map<String, Watch> BY_RULE = Map.ofEntries(
            Map.entry("MEM-01", MEMORY_LIMIT),
            Map.entry("MEM-02", MEMORY_LIMIT),
            Map.entry("MEM-12", MEMORY_LIMIT),
            Map.entry("MEM-05", new Watch.Excess("redis_mem_fragmentation_ratio", "mem_fragmentation_ratio", 1)),
            Map.entry("LAT-07", new Watch.Rate("redis_evicted_keys_total", "evicted_keys")),
            Map.entry("LAT-12", KEYS_CALLED),
            Map.entry("TRD-K1", KEYS_CALLED),
            Map.entry(
                    "TRD-N1",
                    new Watch.Never(
                            "rate(redis_commands_total{cmd=~\"incrbyfloat|hincrbyfloat\"}[5m])",
                            "no sum of floating-point numbers")),
            Map.entry("TRD-B6", new Watch.Rate("redis_net_input_bytes_total", "total_net_input_bytes")),
            Map.entry("TRD-B7", new Watch.Rate("redis_net_output_bytes_total", "total_net_output_bytes")),
            Map.entry("TRD-K4", new Watch.Rate("redis_net_output_bytes_total", "total_net_output_bytes")),
            Map.entry("CON-01", new Watch.Approach("redis_connected_clients", "connected_clients", "maxclients")),
            Map.entry("CON-02", new Watch.Never("increase(redis_rejected_connections_total[5m])", "no client refused")),
            Map.entry("CON-06", new Watch.Rate("redis_connections_received_total", "total_connections_received")),
            Map.entry("PER-01", new Watch.Up("redis_rdb_last_bgsave_status", "the last snapshot succeeded")),
            Map.entry("PER-05", FSYNC_DELAYED),
            Map.entry("LAT-05", FSYNC_DELAYED),
            Map.entry("REP-01", new Watch.Up("redis_master_link_up", "the link to the primary is up")),
            Map.entry("REP-02", new Watch.Up("redis_connected_slaves", "at least one replica is connected")),
            Map.entry("REP-06", FULL_COPIES),
            Map.entry("REP-07", FULL_COPIES));

    private Monitoring() {}

    /// The rules whose findings can be watched.
    public static Set<String> watchedRules() {
        return BY_RULE.keySet();
    }

    /// What to watch for one finding; empty when the exporter has no metric for it, or when the evidence lacks the
    /// number that the threshold would come from.
    public static Optional<MonitoringQuery> forFinding(Finding finding, Evidence evidence) {
        return Optional.ofNullable(BY_RULE.get(finding.ruleId()))
                .flatMap(watch -> evidence.nodes().stream()
                        .filter(node -> node.address().equals(finding.node()))
                        .findFirst()
                        .flatMap(node -> query(finding.ruleId(), watch, node)));
    }

    /// What to watch for a whole recommendation, without repetitions.
    public static List<MonitoringQuery> forRecommendation(Plan.Recommendation recommendation, Evidence evidence) {
        return Stream.concat(Stream.of(recommendation.finding()), recommendation.alsoMends().stream())
                .map(finding -> forFinding(finding, evidence))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<MonitoringQuery> query(String ruleId, Watch watch, NodeEvidence node) {
        return switch (watch) {
            case Watch.Never never ->
                Optional.of(new MonitoringQuery(
                        ruleId, never.expression(), Comparison.ABOVE, 0, AT_ONCE, "there should be " + never.what()));
            case Watch.Up up ->
                Optional.of(new MonitoringQuery(ruleId, up.expression(), Comparison.BELOW, 1, AT_ONCE, up.what()));
            case Watch.ShareOf share ->
                Optional.of(new MonitoringQuery(
                        ruleId, share.expression(), Comparison.ABOVE, share.max(), A_WHILE, share.what()));
            case Watch.Rate rate ->
                window(node)
                        .flatMap(window -> window.rate(rate.infoField()).toOptional())
                        .filter(observed -> observed > 0)
                        .map(observed -> new MonitoringQuery(
                                ruleId,
                                "rate(" + rate.metric() + "[5m])",
                                Comparison.ABOVE,
                                observed * RELAPSE_SHARE,
                                A_WHILE,
                                "half of what the window showed"));
            case Watch.Excess excess ->
                window(node)
                        .flatMap(window ->
                                window.last().decimal(excess.infoField()).toOptional())
                        .filter(observed -> observed > excess.ideal())
                        .map(observed -> new MonitoringQuery(
                                ruleId,
                                excess.metric(),
                                Comparison.ABOVE,
                                excess.ideal() + (observed - excess.ideal()) * RELAPSE_SHARE,
                                A_WHILE,
                                "half-way from the ideal to what was seen"));
            case Watch.Approach approach -> approaching(ruleId, approach, node);
        };
    }

    private static Optional<MonitoringQuery> approaching(String ruleId, Watch.Approach approach, NodeEvidence node) {
        Reading<Long> limit = node.config().flatMap(config -> config.number(approach.parameter()));
        Optional<Long> now = window(node)
                .flatMap(window -> window.last().number(approach.infoField()).toOptional());
        if (!(limit instanceof Reading.Known<Long>(Long max)) || now.isEmpty() || now.get() >= max) {
            return Optional.empty();
        }
        return Optional.of(new MonitoringQuery(
                ruleId,
                approach.metric(),
                Comparison.ABOVE,
                Math.floor(now.get() + (max - now.get()) * 0.5),
                A_WHILE,
                "half-way from what was seen to " + approach.parameter()));
    }

    private static Optional<InfoWindow> window(NodeEvidence node) {
        return node.info().toOptional();
    }
}
