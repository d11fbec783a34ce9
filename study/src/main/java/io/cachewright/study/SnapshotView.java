package io.cachewright.study;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is in a snapshot.
///
/// @param formatVersion of this shape; readers refuse a newer one
/// @param kind always `snapshot profile`
/// @param format of the file: `Redis RDB version 12`; `append-only file` where it has no RDB part
/// @param writer what the file says of the server that wrote it; null when it says nothing
/// @param model the server whose memory is modelled
/// @param modelIsExact whether the memory layout of that very version is known
/// @param at the moment that times to live count from
/// @param memoryBytes by how much `used_memory` grows when a server loads this
/// @param usageBytes what MEMORY USAGE would say of all keys together
/// @param writersUsedBytes `used_memory` of the writer when it wrote; null when it does not say
/// @param checksum `verified`, `disabled` or `absent`
public record SnapshotView(
        int formatVersion,
        String kind,
        String tool,
        String source,
        String format,
        @Nullable String writer,
        String model,
        boolean modelIsExact,
        Instant at,
        long fileBytes,
        String checksum,
        long keys,
        long expiring,
        long memoryBytes,
        long usageBytes,
        @Nullable Long writersUsedBytes,
        List<Family> families,
        List<TypeUse> types,
        List<Database> databases,
        List<Lifetime> lifetimes,
        List<Key> biggestKeys,
        List<Element> biggestElements,
        @Nullable CommandLog commandLog,
        List<String> notes)
        implements View {

    public static final int FORMAT_VERSION = 1;
    public static final String KIND = "snapshot profile";

    /// @param pattern the name that the user gave it, or `md:{I}:l2`
    /// @param type of most of its keys
    /// @param withoutTtlShare of its keys
    /// @param idleSeconds mean; null unless the server ran an LRU policy
    /// @param frequency mean of the LFU counter; null unless it ran an LFU policy
    public record Family(
            String pattern,
            String useCase,
            double confidence,
            long keys,
            long memoryBytes,
            long fileBytes,
            double memoryShare,
            String type,
            double withoutTtlShare,
            long biggestKeyBytes,
            @Nullable Double idleSeconds,
            @Nullable Double frequency,
            String example) {}

    public record TypeUse(String type, String encoding, long keys, long elements, long memoryBytes, long fileBytes) {}

    public record Database(int number, long keys, long expiring, long memoryBytes) {}

    /// Keys by how long they still live.
    public record Lifetime(String timeToLive, long keys, long memoryBytes) {}

    public record Key(
            int database,
            String name,
            String family,
            String type,
            String encoding,
            long elements,
            long memoryBytes,
            @Nullable Instant expiresAt) {}

    /// @param place the field's name, or the element's index
    public record Element(int database, String key, String type, String place, long bytes) {}

    /// The commands of an append-only file, which are counted and not applied.
    public record CommandLog(
            long commands, long bytes, long writtenKeys, boolean writtenKeysAtLeast, List<Count> byName) {}

    public record Count(String name, long count) {}
}
