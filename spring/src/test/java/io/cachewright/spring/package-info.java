@NullMarked
package io.cachewright.spring;

import org.jspecify.annotations.NullMarked;
