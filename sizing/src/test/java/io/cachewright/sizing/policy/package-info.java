@NullMarked
package io.cachewright.sizing.policy;

import org.jspecify.annotations.NullMarked;
