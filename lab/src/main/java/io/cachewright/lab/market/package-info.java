/// Markets as a load sees them: recorded from real venues, or synthetic with the same burst shape, and the writers
/// that put them into Redis.
///
/// A [MarketEvents] is a source of [MarketEvent]s: [Recordings] reads captured feeds, [SyntheticMarket] makes one up
/// from a seed. An [OrderBook] follows snapshots and deltas exactly. A [NaiveWriter] and a [SoundWriter] turn the same
/// events into the commands of a badly and a well modelled cache.
@NullMarked
package io.cachewright.lab.market;

import org.jspecify.annotations.NullMarked;
