package io.cachewright.optimizer.profile;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import java.time.Duration;
import java.util.List;

/// Turns evidence into what the deployment does. Pure: the same evidence always gives the same profile.
///
/// The profile is that of the primary, or of the node that was asked for where there is none: its clients make the
/// load that the whole deployment carries. Keys are taken from the first node that has a sample, because sampling
/// prefers a replica.
public final class Profiler {

    private static final double MICROS_PER_SECOND = 1e6;

    public WorkloadProfile profile(Evidence evidence) {
        NodeEvidence node = evidence.primary();
        Reading<InfoWindow> window = node.info();
        Reading<List<CommandRate>> commands = window.flatMap(CommandRates::over);
        Reading<KeyspaceSample> sample = sample(evidence);
        Reading<List<KeyFamily>> families = sample.map(KeyFamilies::of);
        return new WorkloadProfile(
                window.map(InfoWindow::length).orElse(Duration.ZERO),
                families,
                commands,
                totalKeys(window, sample),
                usedBytes(window, families),
                window.flatMap(info -> info.rate("total_commands_processed")),
                window.flatMap(info -> info.rate("total_net_input_bytes")),
                window.flatMap(info -> info.rate("total_net_output_bytes")),
                window.flatMap(info -> busyShare(info, commands)),
                window.flatMap(Profiler::hitRatio),
                commands.flatMap(Profiler::writeShare));
    }

    private static Reading<KeyspaceSample> sample(Evidence evidence) {
        return evidence.nodes().stream()
                .map(NodeEvidence::keyspace)
                .filter(Reading::isKnown)
                .findFirst()
                .orElse(evidence.primary().keyspace());
    }

    /// INFO prints a `dbN` line per database that holds keys, and none for an empty server.
    private static Reading<Long> totalKeys(Reading<InfoWindow> window, Reading<KeyspaceSample> sample) {
        return switch (window) {
            case Reading.Known<InfoWindow>(InfoWindow info) -> {
                InfoSnapshot last = info.last();
                yield Reading.known(last.fields().keySet().stream()
                        .filter(Profiler::namesDatabase)
                        .mapToLong(database -> last.parts(database)
                                .map(parts -> wholeNumber(parts.getOrDefault("keys", "0")))
                                .orElse(0L))
                        .sum());
            }
            case Reading.Unavailable<InfoWindow> _ -> sample.map(KeyspaceSample::totalKeys);
        };
    }

    /// Without INFO, what the keys are estimated to take is the least it can be.
    private static Reading<Long> usedBytes(Reading<InfoWindow> window, Reading<List<KeyFamily>> families) {
        Reading<Long> used = window.flatMap(info -> info.last().number("used_memory"));
        long keys = families.orElse(List.of()).stream()
                .mapToLong(KeyFamily::estimatedBytes)
                .sum();
        return used.isKnown() || keys == 0 ? used : Reading.known(keys);
    }

    private static boolean namesDatabase(String field) {
        return field.length() > 2
                && field.startsWith("db")
                && field.chars().skip(2).allMatch(Character::isDigit);
    }

    private static long wholeNumber(String digits) {
        return digits.isEmpty() || !digits.chars().allMatch(Character::isDigit) ? 0 : Long.parseLong(digits);
    }

    /// The event loop's own counter where the version has one (Redis 7.2 and newer, Valkey); else service times added
    /// up, without those of scripts and transactions, whose commands are counted already.
    private static Reading<Double> busyShare(InfoWindow window, Reading<List<CommandRate>> commands) {
        Reading<Double> counted =
                window.rate("eventloop_duration_cmd_sum").map(micros -> Math.min(1, micros / MICROS_PER_SECOND));
        return counted.isKnown()
                ? counted
                : commands.map(rates -> Math.min(
                        1,
                        rates.stream()
                                        .filter(rate -> !CommandRates.containsOthers(rate.name()))
                                        .mapToDouble(rate -> rate.callsPerSecond() * rate.microsPerCall())
                                        .sum()
                                / MICROS_PER_SECOND));
    }

    private static Reading<Double> hitRatio(InfoWindow window) {
        return window.growth("keyspace_hits")
                .flatMap(hits -> window.growth("keyspace_misses")
                        .flatMap(misses -> hits + misses == 0
                                ? Reading.unavailable(
                                        Reading.Cause.NOT_COLLECTED,
                                        "no key was looked up for reading within the window")
                                : Reading.known((double) hits / (hits + misses))));
    }

    private static Reading<Double> writeShare(List<CommandRate> rates) {
        double all = 0;
        double writes = 0;
        for (CommandRate rate : rates) {
            if (!CommandRates.containsOthers(rate.name())) {
                all += rate.callsPerSecond();
                writes += WriteCommands.include(rate.name()) ? rate.callsPerSecond() : 0;
            }
        }
        return all == 0
                ? Reading.unavailable(Reading.Cause.NOT_COLLECTED, "no command ran within the window")
                : Reading.known(writes / all);
    }
}
