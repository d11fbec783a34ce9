@NullMarked
package io.cachewright.sizing.whatif;

import org.jspecify.annotations.NullMarked;
