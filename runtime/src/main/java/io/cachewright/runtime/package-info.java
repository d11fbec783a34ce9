/// TODO
@NullMarked
package io.cachewright.runtime;

import org.jspecify.annotations.NullMarked;
