package io.cachewright.optimizer.rules.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaxmemoryUnsetTest implements RuleFixtures {

    private static final long GB = 1L << 30;

    private final MaxmemoryUnset rule = new MaxmemoryUnset();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .info("maxmemory", 0)
                .config("maxmemory", "0")
                .config("maxmemory-policy", "noeviction");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                fires().config("maxmemory-policy", "allkeys-lru"),
                fires().without(Need.HOST),
                fires().require(wanted -> wanted.storeRole(StoreRole.CACHE).dataSize(4 * GB)));
    }

    @Test
    void leavesRoomForOthersFragmentationAndCopyOnWrite() {
        // 16 GB machine, 8 GB used with 8.8 GB resident, 6 GB available: others use 1.2 GB. A fork was seen to copy
        // 20 % of the data, so 40 % is planned for: (16 − 1.2) / (1.1 × 1.4) = 9.6 GB.
        Evidences big = fires().info("used_memory", 8 * GB)
                .info("used_memory_rss", (long) (8.8 * GB))
                .info("mem_not_counted_for_evict", 0)
                .info("rdb_last_cow_size", (long) (1.6 * GB))
                .config("save", "900 1")
                .host(host -> host.memoryBytes(16 * GB).memoryAvailableBytes(6 * GB));

        assertThat(newLimit(big)).isBetween((long) (9.59 * GB), (long) (9.64 * GB));
    }

    @Test
    void givesNoRoomForCopyOnWriteToAServerThatNeverForks() {
        Evidences alone = fires().info("used_memory", 8 * GB)
                .info("used_memory_rss", 8 * GB)
                .info("mem_not_counted_for_evict", 0)
                .info("connected_slaves", 0)
                .config("save", "")
                .host(host -> host.memoryBytes(16 * GB).memoryAvailableBytes(6 * GB));

        assertThat(newLimit(alone)).isBetween((long) (13.9 * GB), (long) (14.1 * GB));
    }

    @Test
    void followsTheRequiredDataSizeWhereTheMachineHasMore() {
        assertThat(newLimit(fires().require(wanted -> wanted.dataSize(4 * GB)))).isEqualTo(5 * GB);
    }

    @Test
    void takesHalfAsMuchAgainWhereTheMachineCannotBeSeen() {
        assertThat(newLimit(fires().info("used_memory", 2 * GB).without(Need.HOST)))
                .isEqualTo(3 * GB);
    }

    @Test
    void neverProposesALimitBelowWhatIsUsed() {
        Evidences tight = fires().info("used_memory", 14 * GB)
                .info("used_memory_rss", 15 * GB)
                .config("appendonly", "yes")
                .host(host -> host.memoryBytes(16 * GB).memoryAvailableBytes(GB));

        assertThat(newLimit(tight)).isGreaterThan(14 * GB);
        assertThat(tight.foundBy(rule).finding().title()).contains("outgrows");
    }

    @Test
    void isGraveOnceHalfOfTheMachineIsUsed() {
        assertThat(severity(fires())).isEqualTo(Severity.MEDIUM);
        assertThat(severity(fires().info("used_memory", 20 * GB))).isEqualTo(Severity.HIGH);
    }

    @Test
    void recommendsEvictionFirstOnlyToACache() {
        assertThat(firstRemedy(fires().require(wanted -> wanted.storeRole(StoreRole.CACHE)))
                        .id())
                .isEqualTo("limit-and-evict");
        assertThat(fires().require(wanted -> wanted.storeRole(StoreRole.SYSTEM_OF_RECORD))
                        .foundBy(rule)
                        .remedies())
                .extracting(Remedy::id)
                .containsExactly("set-maxmemory");
    }

    private Severity severity(Evidences evidences) {
        return evidences.foundBy(rule).finding().severity();
    }

    private long newLimit(Evidences evidences) {
        return firstRemedy(evidences).changes().stream()
                .filter(Change.SetParameter.class::isInstance)
                .map(Change.SetParameter.class::cast)
                .filter(change -> change.name().equals("maxmemory"))
                .mapToLong(change -> Long.parseLong(change.newValue()))
                .findFirst()
                .orElseThrow();
    }

    private Remedy firstRemedy(Evidences evidences) {
        Verdict.Found found = evidences.foundBy(rule);
        return found.remedies().getFirst();
    }
}
