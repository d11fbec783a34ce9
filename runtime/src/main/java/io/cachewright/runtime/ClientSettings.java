package io.cachewright.runtime;

import io.cachewright.domain.InvalidInput;
import io.cachewright.domain.Problems;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.domain.policy.Writers;
import io.lettuce.core.RedisCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a client was asked to be.
///
/// @param detection how soon a link that fell silent is suspected
/// @param followed names of the streams of invalidations that it carries out
/// @param probed how often it measures how long news takes
record ClientSettings(
        String uri,
        List<CacheClass> classes,
        Duration detection,
        Duration readTimeout,
        Tracking tracking,
        List<String> followed,
        Optional<Duration> probed,
        Optional<RedisCredentials> sentinelCredentials) {

    private static final Duration WAIT_MIN = Duration.ofMillis(1);
    /// Whoever waits for longer waits for ever.
    private static final Duration WAIT_MAX = Duration.ofDays(1);
    private static final Duration PROBED_MIN = Duration.ofMillis(10);

    /// @throws InvalidInput with everything that is wrong
    void check() {
        Problems problems = new Problems("cachewright client");
        try {
            var _ = Deployment.parse(uri, WAIT_MIN, sentinelCredentials.orElse(null));
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        checkWait("detectWithin", detection, problems);
        checkWait("readTimeout", readTimeout, problems);
        probed.filter(every -> every.compareTo(PROBED_MIN) < 0)
                .ifPresent(every -> problems.add("probeInvalidations must be at least " + PROBED_MIN.toMillis()
                        + " ms, was " + every.toMillis() + " ms"));
        if (probed.isPresent() && tracking == Tracking.OPT_IN) {
            problems.add("probeInvalidations needs broadcast tracking: with opt-in, servers tell only of keys that"
                    + " were read");
        }
        classes.stream()
                .map(CacheClass::prefix)
                .filter(prefix -> hasLog() && (prefix.startsWith(LogKeys.PREFIX) || LogKeys.PREFIX.startsWith(prefix)))
                .forEach(prefix -> problems.add(
                        "prefix " + prefix + " overlaps " + LogKeys.PREFIX + ", where this library logs its writes"));
        try {
            var _ = new CachePolicy(classes);
        } catch (InvalidInput e) {
            e.problems().forEach(problems::add);
        }
        problems.throwIfAny();
    }

    private static void checkWait(String name, Duration given, Problems problems) {
        if (given.compareTo(WAIT_MIN) < 0 || given.compareTo(WAIT_MAX) > 0) {
            problems.add(name + " must be 1 ms to " + WAIT_MAX.toDays() + " d, was " + given);
        }
    }

    private boolean hasLog() {
        return logged().findAny().isPresent();
    }

    /// The classes whose writes are logged.
    Stream<CacheClass> logged() {
        return classes.stream().filter(each -> each.writers() == Writers.LIBRARY);
    }

    /// Whether a key is of such a class; asked of each value that arrives.
    Predicate<String> isLogged() {
        List<String> prefixes = logged().map(CacheClass::prefix).toList();
        return key -> {
            for (String prefix : prefixes) {
                if (key.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        };
    }

    /// Of all keys whose changes are heard: generations and logs too, where there are any.
    List<String> prefixes() {
        boolean isStamped =
                classes.stream().anyMatch(each -> each.invalidation().isStamped());
        return Stream.of(
                        classes.stream().map(CacheClass::prefix),
                        Stream.of(Generations.PREFIX).filter(_ -> isStamped),
                        Stream.of(InvalidationStream.PREFIX).filter(_ -> !followed.isEmpty()),
                        Stream.of(InvalidationProbe.PREFIX).filter(_ -> probed.isPresent()),
                        Stream.of(LogKeys.PREFIX).filter(_ -> hasLog()))
                .flatMap(each -> each)
                .sorted()
                .toList();
    }
}
