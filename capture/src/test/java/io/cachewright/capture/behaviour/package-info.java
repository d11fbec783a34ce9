@NullMarked
package io.cachewright.capture.behaviour;

import org.jspecify.annotations.NullMarked;
