/// Reads a deployment within a budget: a [Collector] takes a session and a [CollectionPlan] and gives
/// [io.cachewright.optimizer.evidence.Evidence].
///
/// First two readings of INFO and of the latency histograms with nothing of our own in between but a few PINGs, then
/// what is free or bounded, last a sample of the keys, in small batches with pauses, on a replica where there is one.
/// A [CircuitBreaker] stops the sample when the server's answers get slower. What is refused or absent becomes an
/// unavailable reading with its reason; nothing here ever writes to a server.
@NullMarked
package io.cachewright.optimizer.collect;

import org.jspecify.annotations.NullMarked;
