package io.cachewright.capture.packet;

import io.cachewright.capture.command.Answer;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.ReplyType;
import io.cachewright.capture.command.Secrets;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows which reply of a connection belongs to which command: servers answer in order, except for what they push
/// and for what was asked not to be answered.
///
/*
 * Pairing is proved or it is not used. A connection that was seen from its beginning is paired from its beginning. One
 * that was under way, or that lost packets, may have replies outstanding for commands that nobody saw. It is paired
 * again when it sends a command after both sides were quiet for a while, or when so many single commands in a row were
 * each followed by a single reply. A reply cannot belong to a command that the server had not received when it sent the
 * reply: TCP's acknowledgement number tells, and a pairing that contradicts it is dropped.
 */
final class Dialogue implements RequestParser.Sink, ReplyParser.Sink {

    private static final long QUIET_NANOS = 1_000_000;
    private static final int ALTERNATIONS = 8;
    private static final int PENDING_MAX = 1 << 17;
    private static final long PENDING_BYTES_MAX = 64L << 20;

    private final Client client;
    private final Recording recording;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private long pendingBytes;
    private boolean isPaired;
    private int alternations;
    private long lastNanos;
    /// After a loss, the time before the first command says nothing about quiet.
    private boolean isAfterLoss;

    private @Nullable ReplyParser replyParser;
    private int serverAcknowledged;
    private boolean hasServerAcknowledged;

    private final ConnectionState state;
    private boolean isReplication;
    private final Subscriptions subscriptions = new Subscriptions();

    /// A command without its reply yet.
    private static final class Pending {
        private final Arguments arguments;
        private final long wireBytes;
        private final long timeNanos;
        private final int endSequence;
        private final int inFlight;
        /// What the server confirms one by one, in its words, and how many confirmations are still to come.
        private final @Nullable String confirmation;
        private int confirmations;
        private long confirmedBytes;
        private long confirmedFirstNanos;

        Pending(
                Arguments arguments,
                long wireBytes,
                long timeNanos,
                int endSequence,
                int inFlight,
                @Nullable String confirmation,
                int confirmations) {
            this.arguments = arguments;
            this.wireBytes = wireBytes;
            this.timeNanos = timeNanos;
            this.endSequence = endSequence;
            this.inFlight = inFlight;
            this.confirmation = confirmation;
            this.confirmations = confirmations;
        }
    }

    /// @param isUnderWay whether the connection's beginning was not seen
    Dialogue(Client client, Recording recording, boolean isUnderWay, long nowNanos) {
        this.client = client;
        this.recording = recording;
        this.isPaired = !isUnderWay;
        this.state = new ConnectionState(isUnderWay ? CapturedCommand.DATABASE_UNKNOWN : 0);
        this.lastNanos = nowNanos;
    }

    /// Whether the connection became a replication link, of which nothing more is read.
    boolean isReplication() {
        return isReplication;
    }

    /// The server has received everything before this number.
    void serverAcknowledged(int sequence) {
        if (!hasServerAcknowledged || sequence - serverAcknowledged > 0) {
            serverAcknowledged = sequence;
            hasServerAcknowledged = true;
        }
    }

    @Override
    public void request(Arguments arguments, long wireBytes, long timeNanos, int endSequence) {
        if (arguments.is(0, "PSYNC") || arguments.is(0, "SYNC")) {
            isReplication = true;
            recording.notes().add("replication links, read up to their start", client.address());
        }
        if (hasServerAcknowledged && serverAcknowledged - endSequence >= 0) {
            // It was known late, behind a hole: its reply may have passed.
            giveUpPairing();
        }
        proveByQuiet(timeNanos);
        lastNanos = timeNanos;
        boolean isAnswered = state.isAnswered(arguments);
        String confirmation = Subscriptions.confirmation(arguments);
        Pending one = new Pending(
                arguments,
                wireBytes,
                timeNanos,
                endSequence,
                pending.size(),
                confirmation,
                confirmation == null ? 0 : subscriptions.expected(arguments, confirmation));
        if (!isAnswered || isReplication) {
            emit(one, Optional.empty());
            return;
        }
        pending.add(one);
        pendingBytes += wireBytes;
        if (pending.size() > PENDING_MAX || pendingBytes > PENDING_BYTES_MAX) {
            unpair("connections with too many commands in flight");
        }
    }

    private void proveByQuiet(long timeNanos) {
        boolean isFirstAfterLoss = isAfterLoss;
        isAfterLoss = false;
        boolean isQuiet = !isFirstAfterLoss && timeNanos - lastNanos >= QUIET_NANOS;
        if (!isPaired && pending.isEmpty() && areRepliesInStep() && (isQuiet || alternations >= ALTERNATIONS)) {
            isPaired = true;
        }
    }

    /// Whether the next byte of the server would be the first of a reply.
    private boolean areRepliesInStep() {
        return replyParser != null && replyParser.isBetweenReplies();
    }

    /// The parser that tells this dialogue of replies.
    void repliesComeFrom(ReplyParser parser) {
        replyParser = parser;
    }

    @Override
    public void reply(ReplyParser reply) {
        lastNanos = reply.lastNanos();
        if (isReplication) {
            return;
        }
        ReplyType type = reply.replyType();
        Pending head = pending.peek();
        String confirmation = head == null ? null : head.confirmation;
        if (head != null
                && confirmation != null
                && (type == ReplyType.PUSH || type == ReplyType.ARRAY)
                && reply.firstIs(confirmation)) {
            confirm(reply, head, confirmation);
            return;
        }
        if (type == ReplyType.PUSH
                || isMessage(reply, type)
                || (state.isMonitor() && type == ReplyType.STATUS && reply.textStartsWithDigit())) {
            recording.pushed();
            return;
        }
        if (head == null) {
            if (isPaired) {
                recording.notes().add("replies without a command", client.address());
                giveUpPairing();
            }
            alternations = 0;
            return;
        }
        if (reply.acknowledged() - head.endSequence < 0) {
            if (isPaired) {
                unpair("replies sent before their command was received");
            }
            alternations = 0;
            return;
        }
        boolean isSingle = pending.size() == 1;
        answered(head, type, reply.replyBytes(), reply.length(), reply.firstNanos(), reply.lastNanos());
        state.answered(head.arguments, type);
        if (head.arguments.is(0, "RESET") && type != ReplyType.ERROR) {
            subscriptions.clear();
        }
        alternations = isSingle ? alternations + 1 : 0;
    }

    private void confirm(ReplyParser reply, Pending head, String confirmation) {
        subscriptions.confirmed(confirmation);
        head.confirmedFirstNanos = head.confirmedBytes == 0 ? reply.firstNanos() : head.confirmedFirstNanos;
        head.confirmedBytes += reply.replyBytes();
        if (--head.confirmations <= 0) {
            answered(
                    head,
                    reply.replyType(),
                    head.confirmedBytes,
                    reply.length(),
                    head.confirmedFirstNanos,
                    reply.lastNanos());
        }
    }

    /// What RESP2 sends to subscribers looks like an array.
    private boolean isMessage(ReplyParser reply, ReplyType type) {
        if (type != ReplyType.ARRAY
                || !(reply.firstIs("message") || reply.firstIs("pmessage") || reply.firstIs("smessage"))) {
            return false;
        }
        return !isPaired || !subscriptions.isEmpty();
    }

    private void answered(Pending head, ReplyType type, long bytes, long length, long firstNanos, long lastByteNanos) {
        pending.remove();
        pendingBytes -= head.wireBytes;
        emit(
                head,
                isPaired
                        ? Optional.of(new Answer(
                                type,
                                bytes,
                                length,
                                Math.max(0, firstNanos - head.timeNanos),
                                Math.max(0, lastByteNanos - firstNanos),
                                head.inFlight))
                        : Optional.empty());
    }

    @Override
    public void requestsLost(String reason) {
        recording.notes().add("places where commands were lost", client.address() + ": " + reason);
        giveUpPairing();
    }

    @Override
    public void repliesLost(String reason) {
        recording.notes().add("places where replies were lost", client.address() + ": " + reason);
        giveUpPairing();
    }

    private void unpair(String what) {
        recording.notes().add(what, client.address());
        giveUpPairing();
    }

    private void giveUpPairing() {
        isPaired = false;
        isAfterLoss = true;
        alternations = 0;
        pendingBytes = 0;
        while (!pending.isEmpty()) {
            emit(pending.remove(), Optional.empty());
        }
    }

    /// The connection or the recording ends: what is pending stays without a reply.
    void close() {
        giveUpPairing();
    }

    private void emit(Pending one, Optional<Answer> answer) {
        recording.command(new CapturedCommand(
                one.timeNanos, client, state.database(), Secrets.redact(one.arguments), one.wireBytes, answer));
    }
}
