/// Redis and Valkey as caches: what a server of a given version, policy and `maxmemory` would do with a trace.
///
/// [ModelledServer] says which server; [ModelledServer#replay] plays a [io.cachewright.sizing.trace.Trace]
/// through a model of it, access by access, at the trace's own time or at full speed ([ReplayClock]), and gives a
/// [ReplayResult]. The model follows the servers' sources (`evict.c`, `dict.c`, `db.c`, `expire.c`, `object.c` of
/// Redis 6.2, 7.0, 7.4 and Valkey 8.0): which keys are sampled, the pool of candidates, the resolution of the
/// clocks, the logarithmic counter, the bytes each key takes, when tables grow, and how expired keys go. It is
/// tested against real servers.
@NullMarked
package io.cachewright.sizing.server;

import org.jspecify.annotations.NullMarked;
