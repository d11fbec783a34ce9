/// What rules of several topics compute alike: whether a server forks and what copy-on-write costs it, whether it is
/// only a cache. A rule itself is one file in a package of its topic, registered by `@AutoService(Rule.class)`.
@NullMarked
package io.cachewright.optimizer.rules;

import org.jspecify.annotations.NullMarked;
