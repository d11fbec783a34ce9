/// Rules about keys and values: what big ones cost here, encodings, logical databases.
@NullMarked
package io.cachewright.optimizer.rules.keyspace;

import org.jspecify.annotations.NullMarked;
