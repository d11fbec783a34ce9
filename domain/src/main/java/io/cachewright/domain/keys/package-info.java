/// What key names say: which of them form a family, which instruments they name, what they hold in a trading system.
///
/// [KeyGrouping] finds the families of any collection of names, a sample or all of a keyspace, and gives the same
/// answer wherever the names come from: a live sample, a snapshot, a capture. [UseCasePlacement] then says what a
/// family holds, with a confidence. [Instruments] recognises symbols as venues write them.
@NullMarked
package io.cachewright.domain.keys;

import org.jspecify.annotations.NullMarked;
