package io.cachewright.optimizer.collect;

import io.cachewright.domain.keys.RedactedName;

/// A key that SCAN returned.
///
/// @param key its name as the server has it
/// @param name the same as it may be kept
// Lives within one look and is compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record NamedKey(int database, byte[] key, RedactedName name) {

    String printed() {
        return name.printed();
    }
}
