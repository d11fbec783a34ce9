/// The coherence core: what makes a near-cache tell the truth, as pure state machines. Events go in with the monotonic
/// time they happened at, actions come out; there are no threads, clocks or sockets here, so that the same code runs
/// under a driver in production and under a seeded simulator in tests.
///
/// Start at [LinkCoherence], the machine of one link to one server. [Proof] is what it publishes to readers, [Lease]
/// guards one fill, [ReadRule] judges one hit. Callers serialise the events of one link.
@NullMarked
package io.cachewright.runtime.coherence;

import org.jspecify.annotations.NullMarked;
