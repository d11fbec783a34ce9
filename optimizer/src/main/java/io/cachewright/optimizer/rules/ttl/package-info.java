/// Rules about lifetimes and eviction: what goes too early, too late, or all at once.
@NullMarked
package io.cachewright.optimizer.rules.ttl;

import org.jspecify.annotations.NullMarked;
