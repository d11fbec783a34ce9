/// The lab's own small client of the Redis protocol: for filling, controlling and measuring servers. Start at
/// `WireConnection`: it sends a [Command] to an [Address] and gives back a `Reply`.
@NullMarked
package io.cachewright.lab.wire;

import org.jspecify.annotations.NullMarked;
