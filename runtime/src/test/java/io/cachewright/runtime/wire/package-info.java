@NullMarked
package io.cachewright.runtime.wire;

import org.jspecify.annotations.NullMarked;
