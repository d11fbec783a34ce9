package io.cachewright.snapshot.memory;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;

/// The sizes in which versions differ, in bytes on a 64-bit machine.
///
/// @param tables how hash tables are built
/// @param tableHeader of a hash table
/// @param listNode of a node of a quicklist
/// @param stream of a stream's own structure
/// @param group of a consumer group
/// @param consumer of a consumer
/// @param ziplists whether small values are ziplists, whose usage is counted without the allocator (Redis 6.2)
/// @param smallSets whether small sets of strings are listpacks (Redis 7.2)
/// @param smallLists whether short lists are one listpack (Redis 7.2)
/// @param setsWithoutEntries whether a member alone in its bucket needs no entry (Redis 7.2)
/// @param countsThatSaving whether MEMORY USAGE knows (Valkey)
/// @param keys where names of keys are kept
record Layout(
        Tables tables,
        int tableHeader,
        int listNode,
        int stream,
        int group,
        int consumer,
        boolean ziplists,
        boolean smallSets,
        boolean smallLists,
        boolean setsWithoutEntries,
        boolean countsThatSaving,
        Keys keys) {

    enum Tables {
        /// Buckets are pointers to chains of entries.
        CHAINED,
        /// Buckets are cache lines of seven pointers (Valkey 8.1).
        BUCKETED
    }

    enum Keys {
        /// A string of its own beside the entry.
        SEPARATE,
        /// Within the entry (Valkey 8.0).
        IN_ENTRY,
        /// Within the value's object, with the expiry and a short value (Valkey 8.1).
        IN_OBJECT
    }

    private static final Layout REDIS_6_2 =
            new Layout(Tables.CHAINED, 96, 32, 40, 32, 24, true, false, false, false, false, Keys.SEPARATE);
    private static final Layout REDIS_7_0 =
            new Layout(Tables.CHAINED, 56, 40, 80, 40, 24, false, false, false, false, false, Keys.SEPARATE);
    private static final Layout REDIS_7_2 =
            new Layout(Tables.CHAINED, 56, 40, 80, 40, 32, false, true, true, true, false, Keys.SEPARATE);
    private static final Layout VALKEY_8_0 =
            new Layout(Tables.CHAINED, 56, 40, 80, 40, 32, false, true, true, true, true, Keys.IN_ENTRY);
    private static final Layout VALKEY_8_1 =
            new Layout(Tables.BUCKETED, 72, 40, 80, 40, 32, false, true, true, false, false, Keys.IN_OBJECT);

    static Layout of(ServerVersion version) {
        if (version.engine() == Engine.VALKEY) {
            return version.isAtLeast(Engine.VALKEY, 8, 1)
                    ? VALKEY_8_1
                    : version.isAtLeast(Engine.VALKEY, 8, 0) ? VALKEY_8_0 : REDIS_7_2;
        }
        return version.isAtLeast(Engine.REDIS, 7, 2)
                ? REDIS_7_2
                : version.isAtLeast(Engine.REDIS, 7, 0) ? REDIS_7_0 : REDIS_6_2;
    }
}
