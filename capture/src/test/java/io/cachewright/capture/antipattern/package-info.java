@NullMarked
package io.cachewright.capture.antipattern;

import org.jspecify.annotations.NullMarked;
