package io.cachewright.optimizer.rules;

import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.evidence.HostFacts;
import java.util.Locale;
import java.util.Optional;

/// How much of a machine's memory one server may use, so that neither a fork nor its buffers meet the kernel's OOM
/// killer: `(RAM − others − buffers) / (fragmentation × (1 + copy-on-write))`.
///
/// @param ram memory of the machine
/// @param others what everything else on it uses now
/// @param buffers replica output buffers and AOF buffer, which do not count against `maxmemory`
/// @param fragmentation resident per used byte
/// @param copyOnWrite share of the data that a fork is allowed to copy
public record MemoryBudget(long ram, long others, long buffers, double fragmentation, double copyOnWrite) {

    /// Kernel, page cache for the AOF, agents: never plan without it, even when `MemAvailable` looks generous.
    private static final double OTHERS_SHARE_MIN = 0.05;

    /// Twice the copy-on-write that was seen, for a fork may meet a busier minute than the last one did.
    private static final double COPY_ON_WRITE_SAFETY = 2.0;

    /// A fork was never measured: half of the pages rewritten while it runs is beyond what a cache does in practice.
    private static final double COPY_ON_WRITE_UNMEASURED = 0.5;

    private static final double COPY_ON_WRITE_MIN = 0.1;

    /// Below this much data the ratio is the cost of an empty process, not of fragmentation.
    private static final long FRAGMENTATION_JUDGED_FROM = 100L << 20;

    private static final double FRAGMENTATION_USUAL = 1.1;

    /// Empty where the machine cannot be seen.
    public static Optional<MemoryBudget> of(Situation situation) {
        Optional<Long> ram = situation.hostFact(HostFacts::memoryBytes);
        Optional<Long> available = situation.hostFact(HostFacts::memoryAvailableBytes);
        if (ram.isEmpty() || available.isEmpty()) {
            return Optional.empty();
        }
        long resident = situation.number("used_memory_rss");
        long others = Math.max(ram.get() - available.get() - resident, (long) (ram.get() * OTHERS_SHARE_MIN));
        return Optional.of(new MemoryBudget(
                ram.get(),
                others,
                situation.optionalNumber("mem_not_counted_for_evict").orElse(0L),
                fragmentation(situation, resident),
                copyOnWrite(situation)));
    }

    /// The largest `maxmemory` that fits.
    public long ceiling() {
        return Math.max(0, (long) ((ram - others - buffers) / (fragmentation * (1 + copyOnWrite))));
    }

    /// How the ceiling comes about, with its numbers.
    public String arithmetic() {
        return String.format(
                Locale.ROOT,
                "(%s RAM − %s for others − %s buffers) / (%.2f resident per used byte × %.2f for copy-on-write) = %s",
                new ByteSize(ram),
                new ByteSize(others),
                new ByteSize(buffers),
                fragmentation,
                1 + copyOnWrite,
                new ByteSize(ceiling()));
    }

    private static double fragmentation(Situation situation, long resident) {
        long used = situation.number("used_memory");
        return used < FRAGMENTATION_JUDGED_FROM ? FRAGMENTATION_USUAL : Math.clamp((double) resident / used, 1.0, 1.5);
    }

    private static double copyOnWrite(Situation situation) {
        Forks forks = Forks.of(situation);
        if (!forks.possible()) {
            return 0;
        }
        return forks.copyOnWriteShare().isPresent()
                ? Math.clamp(COPY_ON_WRITE_SAFETY * forks.copyOnWriteShare().getAsDouble(), COPY_ON_WRITE_MIN, 1.0)
                : COPY_ON_WRITE_UNMEASURED;
    }
}
