/// Eviction policies from the literature, as fast simulations: the bar that a server's own policies are
/// held against.
///
/// [ReferencePolicy#newCache] makes one for a trace's keys and a capacity in bytes; feed it access by access.
@NullMarked
package io.cachewright.sizing.policy;

import org.jspecify.annotations.NullMarked;
