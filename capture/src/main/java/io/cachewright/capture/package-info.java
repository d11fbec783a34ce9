/// Reads command captures and says what their clients do, and what is wrong with it.
@NullMarked
package io.cachewright.capture;

import org.jspecify.annotations.NullMarked;
