/// TODO
@NullMarked
package io.cachewright.app;

import org.jspecify.annotations.NullMarked;
