package io.cachewright.capture.packet;

import io.cachewright.capture.command.Client;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One TCP connection: finds out which side is the client, and whether it speaks RESP at all.
final class Conversation {

    /// Payloads without anything that looks like RESP after which a connection is taken for another protocol.
    private static final int STRANGE_PAYLOADS_MAX = 20;

    private enum Kind {
        UNDECIDED,
        RESP,
        ENCRYPTED,
        OTHER,
        REPLICATION
    }

    private final Recording recording;
    private final Set<Integer> serverPorts;
    private final TcpStream[] streams = new TcpStream[2];
    private Kind kind = Kind.UNDECIDED;
    private boolean sawBeginning;
    private int beginning;
    /// 0 or 1: the side, as the flow orders them, that is the client; -1 while unknown.
    private int clientSide = -1;

    private int strangePayloads;
    private @Nullable Dialogue dialogue;
    private @Nullable RequestParser requests;
    private @Nullable ReplyParser replies;

    Conversation(Recording recording, Set<Integer> serverPorts) {
        this.recording = recording;
        this.serverPorts = serverPorts;
        streams[0] = new TcpStream(new Side(0));
        streams[1] = new TcpStream(new Side(1));
    }

    /// The bytes of one side go to the parser for that side.
    private final class Side implements TcpStream.Sink {
        private final int side;

        Side(int side) {
            this.side = side;
        }

        @Override
        public void bytes(byte[] bytes, int from, int length, long timeNanos, int sequence, int acknowledged) {
            if (kind != Kind.RESP) {
                return;
            }
            if (side == clientSide && requests != null) {
                requests.bytes(bytes, from, length, timeNanos, sequence);
            } else if (replies != null) {
                replies.bytes(bytes, from, length, timeNanos, acknowledged);
            }
        }

        @Override
        public void lost(long count) {
            if (kind != Kind.RESP) {
                return;
            }
            if (side == clientSide && requests != null) {
                requests.lost(count);
            } else if (replies != null) {
                replies.lost(count);
            }
        }
    }

    /// Whether this is the segment that began the connection, perhaps sent again.
    boolean isBeginning(TcpSegment segment) {
        return sawBeginning && beginning == segment.sequence;
    }

    /// @param side 0 or 1: from which side of the flow the segment comes
    void segment(TcpSegment segment, int side, long timeNanos) {
        if (segment.isSyn()) {
            if (kind == Kind.UNDECIDED) {
                streams[side].start(segment.sequence + 1);
            }
            if (!segment.hasAck()) {
                sawBeginning = true;
                beginning = segment.sequence;
                clientSide = side;
            }
        }
        if (kind == Kind.UNDECIDED && segment.payloadLength > 0) {
            decide(segment, side, timeNanos);
        }
        if (kind == Kind.RESP || kind == Kind.UNDECIDED) {
            if (segment.hasAck()) {
                if (dialogue != null && side != clientSide) {
                    dialogue.serverAcknowledged(segment.acknowledged);
                }
                streams[1 - side].acknowledged(segment.acknowledged, timeNanos);
            }
            if (kind == Kind.RESP && !segment.isSyn()) {
                streams[side].segment(segment, timeNanos);
            }
        }
        if (dialogue != null && dialogue.isReplication()) {
            kind = Kind.REPLICATION;
        }
    }

    private void decide(TcpSegment segment, int side, long timeNanos) {
        int from = segment.payload;
        int end = from + segment.payloadLength;
        if (RespShape.isTls(segment.bytes, from, end)) {
            kind = Kind.ENCRYPTED;
            recording.notes().add("encrypted connections (TLS), not read", peer(segment, side));
            return;
        }
        if (clientSide < 0 && serverPorts.contains(segment.destinationPort)) {
            clientSide = side;
        } else if (clientSide < 0 && serverPorts.contains(segment.sourcePort)) {
            clientSide = 1 - side;
        } else if (clientSide < 0 && RespShape.isKnownCommand(segment.bytes, from, end)) {
            clientSide = side;
        }
        boolean looksRight = clientSide == side
                ? sawBeginning
                        ? isRequestStart(segment.bytes, from, end)
                        : RespShape.isKnownCommand(segment.bytes, from, end)
                : RespShape.isReply(segment.bytes, from, end);
        if (clientSide >= 0 && looksRight) {
            begin(segment, side, timeNanos);
        } else if ((sawBeginning && clientSide == side) || ++strangePayloads > STRANGE_PAYLOADS_MAX) {
            kind = Kind.OTHER;
            recording.notes().add("connections of other protocols, not read", peer(segment, side));
        }
    }

    /// The first command of a connection: an array, or a line of a command that servers have.
    private static boolean isRequestStart(byte[] bytes, int from, int end) {
        if (bytes[from] == '*' || bytes[from] == '\r' || bytes[from] == '\n') {
            return true;
        }
        int at = from;
        while (at < end && bytes[at] != '\n' && at - from < 1_024) {
            at++;
        }
        String line = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1).strip();
        return !line.contains(" HTTP/") && line.chars().allMatch(c -> c >= ' ' && c != 127);
    }

    private void begin(TcpSegment segment, int side, long timeNanos) {
        kind = Kind.RESP;
        Client client = recording.newClient(side == clientSide ? segment.source() : segment.destination());
        Dialogue started = new Dialogue(client, recording, !sawBeginning, timeNanos);
        dialogue = started;
        requests = new RequestParser(started, recording.limits(), !sawBeginning);
        ReplyParser measured = new ReplyParser(started, !sawBeginning);
        replies = measured;
        started.repliesComeFrom(measured);
        if (!sawBeginning) {
            recording.notes().add("connections under way when the recording began", client.address());
        }
    }

    private String peer(TcpSegment segment, int side) {
        return side == clientSide || clientSide < 0 ? segment.source() : segment.destination();
    }

    void close() {
        streams[0].close();
        streams[1].close();
        if (dialogue != null) {
            dialogue.close();
        }
        recording
                .notes()
                .add("bytes that were sent again", streams[0].retransmittedBytes() + streams[1].retransmittedBytes());
        recording.notes().add("bytes that are missing", streams[0].lostBytes() + streams[1].lostBytes());
    }
}
