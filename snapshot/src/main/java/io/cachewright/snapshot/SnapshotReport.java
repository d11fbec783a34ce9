package io.cachewright.snapshot;

import io.cachewright.domain.UseCase;
import io.cachewright.snapshot.memory.Encoding;
import io.cachewright.snapshot.memory.ServerMemory;
import io.cachewright.snapshot.rdb.Checksum;
import io.cachewright.snapshot.rdb.RdbFormat;
import io.cachewright.snapshot.rdb.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What is in a snapshot.
///
/// @param file as it was given
/// @param fileBytes of the file; of all files of an append-only set together
/// @param format empty when the file has no RDB part
/// @param checksum of the RDB part
/// @param at the moment that times to live count from
/// @param auxiliary what the writer noted of itself: `redis-ver`, `ctime`, `used-mem` …
/// @param functions the code of each function library
/// @param moduleData modules that keep data besides keys
/// @param server whose memory is modelled
/// @param totals of all keys
/// @param databases by number
/// @param types by type, then encoding
/// @param timesToLive in the order of [TimeToLive]; those without keys are left out
/// @param families biggest in memory first
/// @param biggestKeys in memory, biggest first
/// @param biggestElements biggest first
/// @param commandLog the commands of an append-only file, which are counted and not applied
/// @param notes what limits the report, for people
public record SnapshotReport(
        String file,
        long fileBytes,
        Optional<RdbFormat> format,
        Checksum checksum,
        Instant at,
        Map<String, String> auxiliary,
        List<String> functions,
        List<String> moduleData,
        ServerMemory server,
        Totals totals,
        List<Database> databases,
        List<TypeShare> types,
        List<TimeToLiveShare> timesToLive,
        List<Family> families,
        List<KeyRow> biggestKeys,
        List<BigElement> biggestElements,
        Optional<CommandLog> commandLog,
        List<String> notes) {

    /// Sums over keys.
    ///
    /// @param elements fields, members, entries; strings count their bytes
    /// @param fileBytes in the file
    /// @param usageBytes what MEMORY USAGE would answer
    /// @param allocatedBytes what the keys take from the allocator
    public record Totals(long keys, long elements, long fileBytes, long usageBytes, long allocatedBytes) {

        public static final Totals NOTHING = new Totals(0, 0, 0, 0, 0);
    }

    /// @param tableBytes what the hash tables of the database take besides its keys
    /// @param slots of a cluster that the writer announced
    public record Database(int number, Totals totals, long expiring, long tableBytes, int slots) {}

    public record TypeShare(ValueType type, Encoding encoding, Totals totals) {}

    public record TimeToLiveShare(TimeToLive timeToLive, Totals totals) {}

    /// @param pattern for example `md:{I}:l2`; the name that the user gave it where he did
    /// @param glob the same for SCAN
    /// @param named whether it comes from the user's patterns
    /// @param confidence 0 to 1, of the use case
    /// @param types keys by type
    /// @param timesToLive keys by time to live
    /// @param biggestBytes of its biggest key, in memory
    /// @param meanIdleSeconds known under an LRU policy
    /// @param meanFrequency known under an LFU policy
    /// @param example one of its keys
    public record Family(
            String pattern,
            String glob,
            boolean named,
            UseCase useCase,
            double confidence,
            Totals totals,
            Map<ValueType, Long> types,
            Map<TimeToLive, Long> timesToLive,
            long biggestBytes,
            OptionalDouble meanIdleSeconds,
            OptionalDouble meanFrequency,
            String example) {

        public Family {
            types = Map.copyOf(types);
            timesToLive = Map.copyOf(timesToLive);
        }
    }

    /// @param place the field's name, or the element's index within its packed value or its list
    public record BigElement(int database, String key, ValueType type, String place, long bytes) {

        BigElement inDatabase(int number) {
            return new BigElement(number, key, type, place, bytes);
        }
    }

    /// @param commands all of them
    /// @param byName how many of each, by upper-case name
    /// @param writtenKeys how many different keys they name, as far as they were counted
    /// @param writtenKeysAtLeast whether there were more keys than are told apart
    /// @param firstAt from the timestamps of the file, where it has them
    public record CommandLog(
            long commands,
            long bytes,
            Map<String, Long> byName,
            long writtenKeys,
            boolean writtenKeysAtLeast,
            Optional<Instant> firstAt,
            Optional<Instant> lastAt) {

        public CommandLog {
            byName = Map.copyOf(byName);
        }
    }

    public SnapshotReport {
        auxiliary = Map.copyOf(auxiliary);
        functions = List.copyOf(functions);
        moduleData = List.copyOf(moduleData);
        databases = List.copyOf(databases);
        types = List.copyOf(types);
        timesToLive = List.copyOf(timesToLive);
        families = List.copyOf(families);
        biggestKeys = List.copyOf(biggestKeys);
        biggestElements = List.copyOf(biggestElements);
        notes = List.copyOf(notes);
    }

    /// By how much `used_memory` grows when a server loads this: the keys and the tables of the databases.
    public long memoryBytes() {
        return totals.allocatedBytes()
                + databases.stream().mapToLong(Database::tableBytes).sum();
    }

    /// `used_memory` of the writer when it wrote, where it says.
    public OptionalLong writersUsedMemory() {
        String text = auxiliary.getOrDefault("used-mem", "");
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 19
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
