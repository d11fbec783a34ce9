/// What would happen if: answers from a trace alone, each one pure function with a record as its result.
///
/// - [TtlWhatIf]: other times to live: hits, staleness, bursts of expiry, with and without jitter.
/// - [ClientCacheWhatIf]: a cache within each client: hits, invalidations, the server's tracking table.
/// - [SlotPlacement]: the load of each shard of a cluster, as it is or with other hash tags.
/// - [InstanceWhatIf]: several instances made one, or one made several.
@NullMarked
package io.cachewright.sizing.whatif;

import org.jspecify.annotations.NullMarked;
