@NullMarked
package io.cachewright.runtime.codec;

import org.jspecify.annotations.NullMarked;
