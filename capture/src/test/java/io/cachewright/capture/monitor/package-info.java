@NullMarked
package io.cachewright.capture.monitor;

import org.jspecify.annotations.NullMarked;
