/// Rules about memory: the limit and what is left of it, fragmentation, swap, buffers, overhead.
@NullMarked
package io.cachewright.optimizer.rules.memory;

import org.jspecify.annotations.NullMarked;
