/// Rules about persistence: whether it works, what it costs, and whether it keeps as much as is required.
@NullMarked
package io.cachewright.optimizer.rules.persistence;

import org.jspecify.annotations.NullMarked;
