package io.cachewright.optimizer.profile;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.InfoWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Rates per command, from the growth of `cmdstat_*` over the window.
final class CommandRates {

    private static final String PREFIX = "cmdstat_";

    /// Their service time includes that of the commands they run, which are counted under their own names too.
    private static final Set<String> CONTAINERS =
            Set.of("eval", "evalsha", "eval_ro", "evalsha_ro", "fcall", "fcall_ro", "exec");

    private CommandRates() {}

    static boolean containsOthers(String command) {
        return CONTAINERS.contains(command);
    }

    /// Commands that ran or were refused within the window, most server time first; unavailable when any counter
    /// cannot be subtracted.
    static Reading<List<CommandRate>> over(InfoWindow window) {
        List<Growth> grown = new ArrayList<>();
        for (String field : window.last().fields().keySet()) {
            if (!field.startsWith(PREFIX)) {
                continue;
            }
            Reading<Growth> growth = growth(window, field);
            switch (growth) {
                case Reading.Known<Growth>(Growth value) -> {
                    if (value.calls > 0 || value.rejected > 0 || value.failed > 0) {
                        grown.add(value);
                    }
                }
                case Reading.Unavailable<Growth>(Reading.Cause cause, String reason) -> {
                    return Reading.unavailable(cause, reason);
                }
            }
        }
        return Reading.known(rates(grown, window.length().toNanos() / 1e9));
    }

    private static Reading<Growth> growth(InfoWindow window, String field) {
        return window.growth(field, "calls")
                .flatMap(calls -> window.growth(field, "usec")
                        .map(micros -> new Growth(
                                field.substring(PREFIX.length()),
                                calls,
                                micros,
                                // Redis before 6.2 counts neither refusals nor failures.
                                window.growth(field, "rejected_calls").orElse(0L),
                                window.growth(field, "failed_calls").orElse(0L))));
    }

    private static List<CommandRate> rates(List<Growth> grown, double seconds) {
        long total = grown.stream()
                .filter(growth -> !containsOthers(growth.name))
                .mapToLong(Growth::micros)
                .sum();
        return grown.stream()
                .map(growth -> new CommandRate(
                        growth.name,
                        growth.calls / seconds,
                        growth.calls == 0 ? 0 : (double) growth.micros / growth.calls,
                        total == 0 ? 0 : Math.min(1, (double) growth.micros / total),
                        growth.rejected / seconds,
                        growth.failed / seconds))
                .sorted(Comparator.comparingDouble(CommandRate::serverTimeShare)
                        .reversed()
                        .thenComparing(CommandRate::name))
                .toList();
    }

    private record Growth(String name, long calls, long micros, long rejected, long failed) {}
}
