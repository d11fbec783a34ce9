@NullMarked
package io.cachewright.sizing.trace;

import org.jspecify.annotations.NullMarked;
