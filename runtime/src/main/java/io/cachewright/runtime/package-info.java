/// What a trading service embeds: reads through a near-cache and Redis or Valkey that say how old their values may be.
@NullMarked
package io.cachewright.runtime;

import org.jspecify.annotations.NullMarked;
