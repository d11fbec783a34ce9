@NullMarked
package io.cachewright.lab.load;

import org.jspecify.annotations.NullMarked;
