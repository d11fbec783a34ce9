package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One read of some fields of a hash, on its way to the server under a lease of its key.
final class FieldsRead {

    /// @param values in the order of the fields, null for a field that does not exist
    /// @param ttlMillis of the key, as `PTTL` gives it
    record Arrival(List<byte @Nullable []> values, long ttlMillis) {}

    private final String key;
    private final List<String> fields;
    private @Nullable Lease<String> lease;

    final CompletableFuture<Arrival> arrival = new CompletableFuture<>();

    FieldsRead(String key, List<String> fields) {
        this.key = key;
        this.fields = List.copyOf(fields);
    }

    String key() {
        return key;
    }

    List<String> fields() {
        return fields;
    }

    void arrived(@Nullable Arrival answer, @Nullable Throwable failure) {
        if (answer == null) {
            arrival.completeExceptionally(
                    failure == null ? new IllegalStateException("neither an answer nor a failure") : failure);
        } else {
            arrival.complete(answer);
        }
    }

    void issuedUnder(Lease<String> taken) {
        lease = taken;
    }

    Lease<String> lease() {
        if (lease == null) {
            throw new IllegalStateException("the read was not issued");
        }
        return lease;
    }
}
