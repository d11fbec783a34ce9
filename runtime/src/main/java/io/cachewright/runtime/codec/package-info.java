/// How values become bytes: JSON and compact records, with or without the envelope that says which codec and which
/// schema wrote them.
///
/// Start at [Codecs]. To add a codec of your own, implement [io.cachewright.runtime.Codec] with a
/// [io.cachewright.runtime.Codec.Format] whose number is 64 or above, and a schema fingerprint that changes
/// with the shape of the values.
@NullMarked
package io.cachewright.runtime.codec;

import org.jspecify.annotations.NullMarked;
