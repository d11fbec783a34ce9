/// The runtime against real servers, with faults made on purpose under a history checker.
@NullMarked
package io.cachewright.runtime;

import org.jspecify.annotations.NullMarked;
