/// The bytes of values in the server: an envelope around what a codec writes, and the bounded reader and
/// growing writer that envelopes and codecs share. Public for the other packages of the runtime; applications
/// use codecs instead.
@NullMarked
package io.cachewright.runtime.wire;

import org.jspecify.annotations.NullMarked;
