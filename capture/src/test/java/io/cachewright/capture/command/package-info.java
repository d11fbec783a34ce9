@NullMarked
package io.cachewright.capture.command;

import org.jspecify.annotations.NullMarked;
