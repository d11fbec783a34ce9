package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shapes of replies that several probes share.
final class Replies {

    private Replies() {}

    /// The pairs of a flat array `name, value, name, value`; RESP2 has no other map.
    static Map<String, Reply> pairs(Reply reply) {
        List<Reply> elements = reply.elements();
        Map<String, Reply> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < elements.size(); i += 2) {
            pairs.put(elements.get(i).text(), elements.get(i + 1));
        }
        return pairs;
    }

    static List<byte[]> bytes(Reply reply) {
        return reply.elements().stream().map(Replies::bytesOf).toList();
    }

    static byte[] bytesOf(Reply reply) {
        return reply instanceof Reply.Bulk(byte[] bytes)
                ? bytes
                : reply.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
