/// Spring Boot's view of the runtime: a client made from `cachewright.*` properties, a `CacheManager` whose
/// caches are the classes of the policy, health and metrics.
///
/// Start at [CachewrightAutoConfiguration]; [CachewrightCache] says what `@Cacheable`, `@CachePut` and
/// `@CacheEvict` do.
@NullMarked
package io.cachewright.spring;

import org.jspecify.annotations.NullMarked;
