@NullMarked
package io.cachewright.capture;

import org.jspecify.annotations.NullMarked;
