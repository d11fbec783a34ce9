/// What a look at keys tells, wherever they were read from: a [ValueInspection] makes facts of the part of a
/// value that was read, and [Looks] says how many keys of each family are worth a look. Pure: bytes in, facts
/// out, content forgotten.
@NullMarked
package io.cachewright.optimizer.inspect;

import org.jspecify.annotations.NullMarked;
