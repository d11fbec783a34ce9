package io.cachewright.runtime;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads that leave in one piece and are handled in one step when the last of their answers is there. Used on the
/// event loop of their connection only.
///
/* What the driver makes of a command (arguments, a future, an entry among its time-outs, a task of the event loop)
 * costs more than the server's work for it. So a batch speaks the protocol itself: its commands are the least that the
 * driver needs to match answers to commands, one object each.
 */
final class ReadBatch {

    /// How values are asked for.
    enum Form {
        /// All by one `MGET`, where all keys are on one server.
        TOGETHER,
        /// Each by a `GET` of its own, which says of each key what is wrong with it.
        ONE_BY_ONE
    }

    private final List<RemoteRead> reads;
    private final Form form;
    private final Consumer<ReadBatch> whenOver;
    private final byte[] @Nullable [] values;
    private final long[] ttlMillis;
    private final @Nullable Throwable[] failures;
    private boolean isOver;

    /// `whenOver` hears once that all answers are there, or that there will be none.
    ReadBatch(List<RemoteRead> reads, Form form, Consumer<ReadBatch> whenOver) {
        this.reads = reads;
        this.form = form;
        this.whenOver = whenOver;
        this.values = new byte[reads.size()][];
        this.ttlMillis = new long[reads.size()];
        this.failures = new Throwable[reads.size()];
        Arrays.fill(ttlMillis, RemoteRead.NO_TTL);
    }

    List<RemoteRead> reads() {
        return reads;
    }

    byte @Nullable [] value(int read) {
        return values[read];
    }

    long ttlMillis(int read) {
        return ttlMillis[read];
    }

    @Nullable
    Throwable failure(int read) {
        return failures[read];
    }

    boolean isOver() {
        return isOver;
    }

    /// Whether the read must be asked alone before anything can be said: `MGET` refuses all keys for one that the
    /// user may not read, and takes a key that holds no string for absent.
    boolean isOpen(int read) {
        return form == Form.TOGETHER
                && wantsValue(read)
                && (failures[read] instanceof RedisCommandExecutionException
                        || (failures[read] == null && values[read] == null && ttlMillis[read] != RemoteRead.NO_KEY));
    }

    /// Whether the user may not use `MGET`, or not for all of the keys.
    boolean isForbidden() {
        if (form != Form.TOGETHER) {
            return false;
        }
        for (Throwable failure : failures) {
            if (failure instanceof RedisCommandExecutionException refusal
                    && String.valueOf(refusal.getMessage()).startsWith("NOPERM")) {
                return true;
            }
        }
        return false;
    }

    /// There will be no answers, or no more of them.
    void fail(Throwable cause) {
        if (!isOver) {
            Arrays.fill(failures, cause);
            over();
        }
    }

    /// What to write, in this order and with nothing in between.
    List<RedisCommand<String, byte[], Object>> commands(Tracking tracking) {
        List<ReadCommand> commands = new ArrayList<>(4);
        if (form == Form.TOGETHER) {
            addTogether(tracking, commands);
        }
        for (int read = 0; read < reads.size(); read++) {
            RemoteRead.Ask ask = reads.get(read).ask();
            byte @Nullable [] leave = ask.isAsking() ? ReadCommand.ASKING : null;
            if (form == Form.ONE_BY_ONE && wantsValue(read)) {
                addIfAny(tracking == Tracking.OPT_IN && ask.isKept() ? ReadCommand.CACHING : leave, commands);
                commands.add(ReadCommand.value(this, read));
            }
            if (ask.wants() != RemoteRead.Wants.VALUE) {
                addIfAny(leave, commands);
                commands.add(ReadCommand.timeToLive(this, read));
            }
        }
        commands.getLast().isLast(true);
        return List.copyOf(commands);
    }

    private void addTogether(Tracking tracking, List<ReadCommand> commands) {
        // Loops, since this is run for each batch by a thread that has just been woken.
        int[] wanted = new int[reads.size()];
        int count = 0;
        boolean isAnyKept = false;
        for (int read = 0; read < wanted.length; read++) {
            if (wantsValue(read)) {
                wanted[count++] = read;
                isAnyKept |= reads.get(read).ask().isKept();
            }
        }
        if (count > 0) {
            addIfAny(tracking == Tracking.OPT_IN && isAnyKept ? ReadCommand.CACHING : null, commands);
            commands.add(ReadCommand.values(this, Arrays.copyOf(wanted, count)));
        }
    }

    private boolean wantsValue(int read) {
        return reads.get(read).ask().wants() != RemoteRead.Wants.TTL;
    }

    private void addIfAny(byte @Nullable [] leave, List<ReadCommand> commands) {
        if (leave != null) {
            commands.add(ReadCommand.leave(this, leave));
        }
    }

    // What its commands say

    byte[] bulk(int read) {
        return reads.get(read).bulk();
    }

    void value(int read, byte @Nullable [] bytes) {
        values[read] = bytes;
    }

    void ttlMillis(int read, long millis) {
        ttlMillis[read] = millis;
    }

    /// The server answered with an error; the first one for each read counts.
    void refused(int read, RedisCommandExecutionException error) {
        if (failures[read] == null) {
            failures[read] = error;
        }
    }

    /// The last answer is there.
    void over() {
        if (!isOver) {
            isOver = true;
            whenOver.accept(this);
        }
    }
}
