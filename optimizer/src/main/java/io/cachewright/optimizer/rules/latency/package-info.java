/// Rules about latency: stalls by forks, disks, expiry and eviction, slow and linear commands, a main thread without
/// headroom, and what the kernel adds.
@NullMarked
package io.cachewright.optimizer.rules.latency;

import org.jspecify.annotations.NullMarked;
