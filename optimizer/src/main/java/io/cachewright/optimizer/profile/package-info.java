/// From evidence to what the deployment does: key families with their sizes and use cases, command rates, hit ratio,
/// bytes, all over the window of the evidence and never since the start of the server. Pure.
@NullMarked
package io.cachewright.optimizer.profile;

import org.jspecify.annotations.NullMarked;
