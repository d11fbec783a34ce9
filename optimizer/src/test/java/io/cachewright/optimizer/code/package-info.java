/// Tests that the code of every practice compiles, and that it works on a real server.
@NullMarked
package io.cachewright.optimizer.code;

import org.jspecify.annotations.NullMarked;
