/// Rules about replication: links, lag, resynchronisations, the backlog and buffers that prevent them.
@NullMarked
package io.cachewright.optimizer.rules.replication;

import org.jspecify.annotations.NullMarked;
