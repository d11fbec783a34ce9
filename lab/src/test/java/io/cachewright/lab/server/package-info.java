@NullMarked
package io.cachewright.lab.server;

import org.jspecify.annotations.NullMarked;
