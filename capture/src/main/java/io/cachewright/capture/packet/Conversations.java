package io.cachewright.capture.packet;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The connections of a recording that are open at the moment.
final class Conversations {

    /// More than a server accepts by default; the longest idle one is closed for one more.
    private static final int OPEN_MAX = 20_000;

    private final Recording recording;
    private final Set<Integer> serverPorts;
    private final Map<Flow, Conversation> open = new LinkedHashMap<>(1_024, 0.75f, true);

    /// Both ends of a connection, the smaller one first.
    private record Flow(
            long firstHigh, long firstLow, int firstPort, long secondHigh, long secondLow, int secondPort) {}

    /// @param serverPorts ports of servers; all connections are looked at when empty
    Conversations(Recording recording, Set<Integer> serverPorts) {
        this.recording = recording;
        this.serverPorts = serverPorts;
    }

    void segment(TcpSegment segment, long timeNanos) {
        if (!serverPorts.isEmpty()
                && !serverPorts.contains(segment.sourcePort)
                && !serverPorts.contains(segment.destinationPort)) {
            return;
        }
        int side = isSourceFirst(segment) ? 0 : 1;
        Flow flow = flow(segment, side == 0);
        Conversation conversation = open.get(flow);
        if (conversation != null && segment.isSyn() && !segment.hasAck() && !conversation.isBeginning(segment)) {
            // The ports are used again.
            conversation.close();
            conversation = null;
        }
        if (conversation == null) {
            conversation = new Conversation(recording, serverPorts);
            open.put(flow, conversation);
            if (open.size() > OPEN_MAX) {
                closeLongestIdle();
            }
        }
        conversation.segment(segment, side, timeNanos);
        if (segment.isReset()) {
            conversation.close();
            open.remove(flow);
        }
    }

    void close() {
        open.values().forEach(Conversation::close);
        open.clear();
    }

    private void closeLongestIdle() {
        Iterator<Conversation> all = open.values().iterator();
        all.next().close();
        all.remove();
        recording.notes().add("idle connections forgotten because there were too many", 1);
    }

    private static boolean isSourceFirst(TcpSegment segment) {
        int order = Long.compareUnsigned(segment.sourceHigh, segment.destinationHigh);
        if (order == 0) {
            order = Long.compareUnsigned(segment.sourceLow, segment.destinationLow);
        }
        return order == 0 ? segment.sourcePort < segment.destinationPort : order < 0;
    }

    private static Flow flow(TcpSegment segment, boolean isSourceFirst) {
        return isSourceFirst
                ? new Flow(
                        segment.sourceHigh,
                        segment.sourceLow,
                        segment.sourcePort,
                        segment.destinationHigh,
                        segment.destinationLow,
                        segment.destinationPort)
                : new Flow(
                        segment.destinationHigh,
                        segment.destinationLow,
                        segment.destinationPort,
                        segment.sourceHigh,
                        segment.sourceLow,
                        segment.sourcePort);
    }
}
