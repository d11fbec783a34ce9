/// Tests of changes and their exact lines.
@NullMarked
package io.cachewright.optimizer.advice;

import org.jspecify.annotations.NullMarked;
