@NullMarked
package io.cachewright.runtime.loading;

import org.jspecify.annotations.NullMarked;
