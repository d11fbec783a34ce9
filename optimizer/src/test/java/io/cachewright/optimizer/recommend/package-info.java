/// Tests of the plan and its questions.
@NullMarked
package io.cachewright.optimizer.recommend;

import org.jspecify.annotations.NullMarked;
