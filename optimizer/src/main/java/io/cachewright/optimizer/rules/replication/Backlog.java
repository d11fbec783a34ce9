package io.cachewright.optimizer.rules.replication;

import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.time.Duration;

/// The replication backlog against the rate of writes.
///
/// @param bytes its size
/// @param writtenPerSecond bytes of the replication stream
record Backlog(long bytes, double writtenPerSecond) {

    /// A link that broke unnoticed is given up after repl-timeout, 60 s by default; the backlog must outlast it.
    static final Duration OUTAGE = Duration.ofSeconds(60);

    /// The open writes several times as fast as the window did.
    private static final double BURST = 2;

    private static final long ROUNDED_TO = 1L << 20;

    static Backlog of(Situation situation) {
        return new Backlog(situation.parameterNumber("repl-backlog-size"), situation.rate("master_repl_offset"));
    }

    /// How long a replica may be away and still catch up without a full copy.
    Duration covers() {
        return writtenPerSecond <= 0
                ? Duration.ofDays(1)
                : Duration.ofMillis((long) Math.min(bytes / writtenPerSecond * 1000, (double)
                        Duration.ofDays(1).toMillis()));
    }

    long wanted() {
        long needed = (long) (writtenPerSecond * OUTAGE.toSeconds() * BURST);
        return Math.max(Math.ceilDiv(needed, ROUNDED_TO), 1) * ROUNDED_TO;
    }

    Remedy larger(Situation situation, String seen) {
        long wanted = Math.max(wanted(), 2 * bytes);
        return RemedyBuilder.remedy("larger-backlog", "Set repl-backlog-size to " + new ByteSize(wanted).toConfig())
                .change(situation.set("repl-backlog-size", Long.toString(wanted)))
                .because(seen + "; " + OUTAGE.toSeconds() + " s of twice the writes of the window are "
                        + new ByteSize(wanted()))
                .protects("a replica that was away for a minute catches up without a fork and a full copy")
                .risk(Remedy.Risk.Level.LOW, "the backlog counts against maxmemory")
                .costs(new ByteSize(wanted - bytes) + " of memory on the primary and on each replica")
                .serves(Objective.OPERATIONS, Objective.LATENCY)
                .harms(Objective.MEMORY)
                .notProvable("it acts only after a link was lost: a drill shows it")
                .build();
    }
}
