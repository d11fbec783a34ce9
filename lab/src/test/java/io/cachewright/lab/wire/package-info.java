@NullMarked
package io.cachewright.lab.wire;

import org.jspecify.annotations.NullMarked;
