package io.cachewright.optimizer.collect;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.InfoWindow;
import java.time.Duration;
import java.util.Optional;

/// Which share of its time the server's main thread was busy, from the CPU seconds of INFO.
final class BusyShare {

    private BusyShare() {}

    /// Empty when the version does not print it or no time passed.
    static Optional<Double> between(InfoSnapshot before, InfoSnapshot after) {
        double seconds = Duration.between(before.at(), after.at()).toNanos() / 1e9;
        return seconds <= 0
                ? Optional.empty()
                : cpuSeconds(before).flatMap(earlier -> cpuSeconds(after).map(later -> (later - earlier) / seconds));
    }

    static Optional<Double> over(InfoWindow window) {
        return between(window.first(), window.last());
    }

    private static Optional<Double> cpuSeconds(InfoSnapshot info) {
        Reading<Double> mainThread = sum(info, "used_cpu_user_main_thread", "used_cpu_sys_main_thread");
        return mainThread.isKnown()
                ? mainThread.toOptional()
                : sum(info, "used_cpu_user", "used_cpu_sys").toOptional();
    }

    private static Reading<Double> sum(InfoSnapshot info, String user, String system) {
        return info.decimal(user).flatMap(a -> info.decimal(system).map(b -> a + b));
    }
}
