/// Faults that are what they say.
@NullMarked
package io.cachewright.lab.fault;

import org.jspecify.annotations.NullMarked;
