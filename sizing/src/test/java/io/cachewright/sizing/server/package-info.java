@NullMarked
package io.cachewright.sizing.server;

import org.jspecify.annotations.NullMarked;
