package io.cachewright.sizing.server;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import io.cachewright.sizing.whatif.TtlRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plays a trace to a real server, as an application that reads through it would.
///
/* Each access is one command, a script: GET, and on a miss SET with the value's size and time to live. Servers
 * evict before a command, not within one, and a script's commands see one clock: so the order of look-up, load and eviction
 * is that of a client which waits for each answer, though the commands go in pipelines. LUA's own memory is not in
 * used_memory. */
final class RealReplay implements AutoCloseable {

    /// What the server said of a run.
    ///
    /// @param asPlayed the trace at the times at which the server saw it
    record Outcome(double hitRatio, long expired, Trace asPlayed) {}

    private static final int PIPELINE_DEPTH = 500;

    private static final String READ_THROUGH = """
        if redis.call('GET', KEYS[1]) then return 1 end
        if ARGV[2] == '0' then
            redis.call('SET', KEYS[1], string.rep('x', ARGV[1]))
        else
            redis.call('SET', KEYS[1], string.rep('x', ARGV[1]), 'PX', ARGV[2])
        end
        return 0
        """;

    /// Some morning; only differences matter.
    private static final long START_MICROS = 1_723_075_200_000_000L;

    /// How often the server's housekeeping runs: the clock is moved at that pace.
    private static final long STEP_MICROS = 100_000;

    private static final int REPLY_BUFFER_STEPS = 599;

    private static final int STEPS_AFTER_A_PAUSE = 50;

    private final @Nullable SteeredClock clock;
    private final RedisServer server;
    private final WireConnection connection;
    private final byte[] script;
    private long baselineBytes;
    private long clockSteps;
    private long maxmemoryBytes;

    /// @param inTraceTime whether the server's clock follows the trace; otherwise it is played at full speed
    RealReplay(ServerBinary binary, boolean inTraceTime) {
        clock = inTraceTime ? new SteeredClock(START_MICROS) : null;
        server = RedisServer.start(clock == null ? binary : clock.steering(binary), ServerSettings.onUnixSocket());
        connection = server.connect();
        script = connection.call("SCRIPT", "LOAD", READ_THROUGH).text().getBytes(StandardCharsets.US_ASCII);
    }

    /// `used_memory` without keys, while commands as long as the trace's are in flight.
    long baselineBytes() {
        return baselineBytes;
    }

    long maxmemoryBytes() {
        return maxmemoryBytes;
    }

    long usedBytes() {
        return info("memory", "used_memory");
    }

    /// Plays the trace once; a server that was filled and emptied keeps a little memory, so each run has its own.
    Outcome play(Trace trace, EvictionPolicy policy, long bytesForKeys) {
        connection
                .call("CONFIG", "SET", "maxmemory-policy", policy.configName())
                .orThrow();
        useEachCommandOnce();
        // A client's reply buffer shrinks when its replies have been short for some seconds.
        advance(0, REPLY_BUFFER_STEPS);
        clockSteps = REPLY_BUFFER_STEPS + 1;
        baselineBytes = measuredBaseline(trace);
        maxmemoryBytes = bytesForKeys == 0 ? 0 : baselineBytes + bytesForKeys;
        connection
                .call("CONFIG", "SET", "maxmemory", Long.toString(maxmemoryBytes))
                .orThrow();
        Tally tally = new Tally();
        Trace asPlayed = clock == null ? sendAtFullSpeed(trace, tally) : sendInTraceTime(trace, tally);
        return new Outcome((double) tally.hits / trace.length(), info("stats", "expired_keys"), asPlayed);
    }

    /// Stores each key of a trace at once, each with the time to live that a rule gives it, and lets the
    /// clock run.
    long expiredInWorstSecond(Trace trace, TtlRule rule, int seconds) {
        Set<Integer> stored = new HashSet<>();
        List<Command> commands = new ArrayList<>();
        for (int access = 0; access < trace.length(); access++) {
            if (stored.add(trace.key(access))) {
                byte[] ttl = bytes(Long.toString(rule.ttlMillis(trace, access)));
                commands.add(Command.ofBytes(
                        bytes("SET"), trace.keyNameBytes(trace.key(access)), bytes("x"), bytes("PX"), ttl));
            }
        }
        connection.pipelineAll(commands.iterator(), Reply::orThrow);
        long before = 0;
        long worst = 0;
        for (int second = 1; second <= seconds; second++) {
            advance((second - 1) * 10L, second * 10L);
            long expired = info("stats", "expired_keys");
            worst = Math.max(worst, expired - before);
            before = expired;
        }
        return worst;
    }

    /// The server makes a latency histogram of 24 KB for a command when it is first used.
    private void useEachCommandOnce() {
        byte[] key = bytes("warm-up");
        byte[] one = bytes("1");
        for (int i = 0; i < 2; i++) {
            Command readThrough = Command.ofBytes(bytes("EVALSHA"), script, one, key, one, bytes("1000000"));
            connection.call(readThrough).orThrow();
        }
        connection.call("DEL", "warm-up").orThrow();
        connection.call("DBSIZE").orThrow();
        connection.call("PING").orThrow();
    }

    /// With commands in flight that take the same buffers as the trace's, and store nothing.
    private long measuredBaseline(Trace trace) {
        List<Command> commands = new ArrayList<>();
        long first = trace.timeMicros(0);
        for (int access = 0;
                access < Math.min(PIPELINE_DEPTH, trace.length())
                        && (clock == null || trace.timeMicros(access) - first < STEP_MICROS);
                access++) {
            List<byte[]> arguments = new ArrayList<>(readThrough(trace, access).arguments());
            arguments.set(0, bytes("EXISTS"));
            commands.add(new Command(arguments));
        }
        commands.add(Command.of("INFO", "memory"));
        connection.pipeline(commands);
        return field(connection.pipeline(commands).getLast().text(), "used_memory");
    }

    /// Hits so far; refuses errors.
    private static final class Tally {
        private long hits;

        void add(Reply reply) {
            hits += reply.orThrow().integer();
        }
    }

    /// Notes the time of each batch: a busy machine does not keep one pace, and the server's clocks tick
    /// by its time.
    private Trace sendAtFullSpeed(Trace trace, Tally tally) {
        TraceBuilder asPlayed = new TraceBuilder(trace.description() + ", at full speed");
        List<Command> batch = new ArrayList<>(PIPELINE_DEPTH);
        for (int first = 0; first < trace.length(); first += PIPELINE_DEPTH) {
            int end = Math.min(first + PIPELINE_DEPTH, trace.length());
            long nowMicros = System.currentTimeMillis() * 1_000;
            batch.clear();
            for (int access = first; access < end; access++) {
                batch.add(readThrough(trace, access));
                asPlayed.add(
                        trace, access, nowMicros, Operation.READ, trace.valueBytes(access), trace.ttlMillis(access));
            }
            connection.pipeline(batch).forEach(tally::add);
        }
        return asPlayed.build();
    }

    private Trace sendInTraceTime(Trace trace, Tally tally) {
        List<Command> batch = new ArrayList<>(PIPELINE_DEPTH);
        long first = trace.timeMicros(0);
        long step = -1;
        for (int access = 0; access < trace.length(); access++) {
            long due = (trace.timeMicros(access) - first) / STEP_MICROS;
            if (batch.size() == PIPELINE_DEPTH || due != step) {
                connection.pipeline(batch).forEach(tally::add);
                batch.clear();
                advance(step, due);
                step = due;
            }
            batch.add(readThrough(trace, access));
        }
        connection.pipeline(batch).forEach(tally::add);
        return trace;
    }

    /// Moves the clock from step to step and lets the server do its housekeeping at each; after a long pause the
    /// last few do.
    private void advance(long from, long to) {
        if (clock == null) {
            return;
        }
        for (long step = Math.max(from + 1, to - STEPS_AFTER_A_PAUSE + 1); step <= to; step++) {
            clock.set(START_MICROS + (clockSteps + step) * STEP_MICROS);
            // A round trip makes sure that housekeeping has run at this time before the accesses of this time come.
            connection.call("PING").orThrow();
        }
    }

    private Command readThrough(Trace trace, int access) {
        return Command.ofBytes(
                bytes("EVALSHA"),
                script,
                bytes("1"),
                trace.keyNameBytes(trace.key(access)),
                bytes(Integer.toString(trace.valueBytes(access))),
                bytes(Long.toString(trace.ttlMillis(access))));
    }

    private long info(String section, String field) {
        return field(connection.call("INFO", section).text(), field);
    }

    private static long field(String info, String name) {
        for (String line : info.split("\r\n")) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.substring(name.length() + 1));
            }
        }
        throw new IllegalStateException("no " + name + " in " + info);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try (clock;
                server) {
            connection.close();
        }
    }
}
