@NullMarked
package io.cachewright.sizing.curve;

import org.jspecify.annotations.NullMarked;
