@NullMarked
package io.cachewright.lab.deployment;

import org.jspecify.annotations.NullMarked;
