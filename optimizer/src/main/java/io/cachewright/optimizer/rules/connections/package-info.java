/// Rules about connections: room for them, refusals, churn, dead peers, and subscribers that cannot keep up.
@NullMarked
package io.cachewright.optimizer.rules.connections;

import org.jspecify.annotations.NullMarked;
