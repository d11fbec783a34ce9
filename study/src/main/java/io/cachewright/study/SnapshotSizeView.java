package io.cachewright.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a snapshot would take in other servers, and under other encoding limits.
///
/// @param formatVersion of this shape; readers refuse a newer one
/// @param kind always `snapshot size`
/// @param memoryBytes as its own writer would keep it, modelled
/// @param servers the same keys in other engines and versions, modelled
/// @param encodings measured in real servers, largest family first
/// @param encodingsSetting how that was measured; null when nothing was
public record SnapshotSizeView(
        int formatVersion,
        String kind,
        String tool,
        String source,
        String format,
        String model,
        long keys,
        long memoryBytes,
        List<Server> servers,
        List<Encoding> encodings,
        @Nullable String encodingsSetting,
        List<String> notes)
        implements View {

    public static final int FORMAT_VERSION = 1;
    public static final String KIND = "snapshot size";

    /// @param change of the memory against its own writer: −0.2 is 20 % less
    public record Server(String server, long memoryBytes, double change) {}

    /// One encoding limit of one family.
    ///
    /// @param reason what the limit would do
    /// @param sampleKeys how many keys were loaded into both servers
    /// @param keys how many the family has
    /// @param savedBytes for the whole family; negative when it would take more
    /// @param memoryChange of MEMORY USAGE summed over the sample: −0.4 is 40 % less
    public record Encoding(
            String family,
            String type,
            String parameter,
            String from,
            String to,
            String reason,
            int sampleKeys,
            long keys,
            Stored before,
            Stored after,
            long savedBytes,
            double memoryChange,
            List<Operation> operations,
            String conclusion) {}

    /// @param memoryUsageBytes sum of MEMORY USAGE over the sample
    /// @param usedBytes the same by `used_memory`
    public record Stored(long memoryUsageBytes, long usedBytes, List<Count> encodings) {}

    public record Count(String encoding, int keys) {}

    /// What one operation costs the server, before and after.
    ///
    /// @param verdict `improved`, `no difference`, `worse` or `not provable here`
    /// @param nanosBefore CPU time of the server for one, median over the runs
    /// @param change relative, with its 95 % interval
    /// @param p50NanosBefore median latency; null when it could not be measured
    public record Operation(
            String operation,
            String verdict,
            @Nullable Double nanosBefore,
            @Nullable Double nanosAfter,
            @Nullable Double change,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double p50NanosBefore,
            @Nullable Double p50NanosAfter) {}
}
