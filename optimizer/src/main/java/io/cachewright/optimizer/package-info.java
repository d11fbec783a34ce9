/// TODO
@NullMarked
package io.cachewright.optimizer;

import org.jspecify.annotations.NullMarked;
