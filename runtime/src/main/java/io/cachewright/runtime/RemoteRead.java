package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One read on its way to the server: it waits on its link's [ReadWire], is issued when it leaves, and hears of its
/// answer in the order of the answers on that connection, before anything that came after them is handled.
abstract class RemoteRead {

    /// What the server says of a key that has no time to live.
    static final long NO_TTL = -1;

    /// What it says of a key that does not exist.
    static final long NO_KEY = -2;

    enum Wants {
        VALUE,
        VALUE_AND_TTL,
        TTL
    }

    /// What is asked for.
    ///
    /// @param isAsking of a node to which the key's slot is on its way
    /// @param isKept whether the answer may be kept near: its lease ends when that was tried, else when it comes
    record Ask(boolean isAsking, boolean isKept, Wants wants) {}

    /// Of keys of usual lengths.
    private static final byte[][] HEADS =
            IntStream.range(0, 128).mapToObj(RemoteRead::head).toArray(byte[][]::new);

    private final String key;
    /// The key as the protocol has it, made where it is read and not where all reads are sent.
    private final byte[] bulk;
    private final Ask ask;
    private volatile @Nullable Lease<String> lease;
    /// Guarded by the monitor of the link.
    private boolean isGivenUp;

    /// The read that came before it to the wire, while both wait there.
    @Nullable
    RemoteRead before;

    /// How many wait, it included.
    int depth;

    RemoteRead(String key, Ask ask) {
        this.key = key;
        this.ask = ask;
        this.bulk = bulkOf(key.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bulkOf(byte[] encoded) {
        byte[] head = encoded.length < HEADS.length ? HEADS[encoded.length] : head(encoded.length);
        byte[] bulk = Arrays.copyOf(head, head.length + encoded.length + 2);
        System.arraycopy(encoded, 0, bulk, head.length, encoded.length);
        bulk[bulk.length - 2] = '\r';
        bulk[bulk.length - 1] = '\n';
        return bulk;
    }

    private static byte[] head(int length) {
        return ("$" + length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    final String key() {
        return key;
    }

    final byte[] bulk() {
        return bulk;
    }

    final Ask ask() {
        return ask;
    }

    final Lease<String> lease() {
        Lease<String> issued = lease;
        if (issued == null) {
            throw new IllegalStateException("the read was not issued");
        }
        return issued;
    }

    /// Null while the read waits to be sent.
    final @Nullable Lease<String> leaseIfIssued() {
        return lease;
    }

    final void issuedUnder(Lease<String> taken) {
        lease = taken;
    }

    /// Nobody waits for it any more: it need not be sent.
    final void giveUp() {
        isGivenUp = true;
    }

    final boolean isGivenUp() {
        return isGivenUp;
    }

    /// Its answer has come: who comes from now on needs a read of his own.
    abstract void settled();

    /// Gives the reader his answer, without waking him; whether he takes it and sleeps. `value` is null when the key
    /// does not exist; `ttlMillis` as `PTTL` gives it, [#NO_TTL] where that was not asked.
    abstract boolean answered(byte @Nullable [] value, long ttlMillis);

    /// Tells the reader that there will be no answer, without waking him; whether he takes it and sleeps.
    abstract boolean failed(Throwable cause);

    /// Who sleeps until the answer is there.
    abstract Thread reader();

    /// Whether the reader will look for the answer as soon as it is there, and can wake others cheaply then.
    abstract boolean mayLead();

    /// The reader will wake `others` before he does anything with his answer, which he has not got yet.
    abstract void lead(List<Thread> others);

    /// Ends the read without an answer.
    final void fail(Throwable cause) {
        if (failed(cause)) {
            LockSupport.unpark(reader());
        }
    }
}
