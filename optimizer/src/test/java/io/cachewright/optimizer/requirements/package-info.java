/// Tests of the requirements file.
@NullMarked
package io.cachewright.optimizer.requirements;

import org.jspecify.annotations.NullMarked;
