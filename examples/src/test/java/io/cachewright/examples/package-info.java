@NullMarked
package io.cachewright.examples;

import org.jspecify.annotations.NullMarked;
