@NullMarked
package io.cachewright.capture.packet;

import org.jspecify.annotations.NullMarked;
