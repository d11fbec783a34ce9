/// Rules about trading data: what corrupts books and money, and what costs most when the market opens. None needs a
/// command capture.
@NullMarked
package io.cachewright.optimizer.rules.trading;

import org.jspecify.annotations.NullMarked;
