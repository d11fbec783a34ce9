package io.cachewright.study;

import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ServerTraits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a sizing is to answer.
///
/// @param traits of the server that is modelled
/// @param policy that the answers beyond the curves are given for
/// @param memoryBytes a `maxmemory` to replay under each policy; empty for none
/// @param hitRatio a wanted one, 0 to 1
/// @param pricePerGbMonth in any currency
/// @param timesToLive other times to live, by the pattern of a family
/// @param clientCache a cache within each client
/// @param shards of a cluster; 0 for none
/// @param sizes how many points a curve has
public record SizeSettings(
        ServerTraits traits,
        EvictionPolicy policy,
        OptionalLong memoryBytes,
        OptionalDouble hitRatio,
        Optional<BigDecimal> pricePerGbMonth,
        Map<String, Duration> timesToLive,
        Optional<ClientCaches> clientCache,
        int shards,
        int sizes) {

    /// @param entriesMax of each client's cache
    public record ClientCaches(int clients, int entriesMax) {}

    static final int SIZES_MIN = 2;
    static final int SIZES_MAX = 100;

    public SizeSettings {
        timesToLive = Collections.unmodifiableMap(new LinkedHashMap<>(timesToLive));
        if (sizes < SIZES_MIN || sizes > SIZES_MAX) {
            throw new IllegalArgumentException(
                    "a curve has " + SIZES_MIN + " to " + SIZES_MAX + " points, was " + sizes);
        }
    }
}
