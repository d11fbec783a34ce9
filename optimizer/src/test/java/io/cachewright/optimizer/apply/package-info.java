/// Tests of carrying changes out.
@NullMarked
package io.cachewright.optimizer.apply;

import org.jspecify.annotations.NullMarked;
