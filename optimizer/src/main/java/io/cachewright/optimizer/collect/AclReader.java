package io.cachewright.optimizer.collect;

import io.cachewright.domain.keys.RedactedName;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.AclDenial;
import io.cachewright.optimizer.evidence.AclUser;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads ACL LIST and ACL LOG, without passwords and their hashes.
final class AclReader {

    /// How ACL rules write a password: `#` its hash to add, `!` to remove, `>` and `<` the plain text.
    private static final String PASSWORD_MARKS = "#!><";

    private AclReader() {}

    static List<AclUser> users(Reply reply) {
        return reply.elements().stream().map(line -> user(line.text())).toList();
    }

    /// `user NAME on #hash ~* &* +@all`.
    private static AclUser user(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        String rules = words.stream()
                .skip(2)
                .filter(word -> word.isEmpty() || PASSWORD_MARKS.indexOf(word.charAt(0)) < 0)
                .collect(Collectors.joining(" "));
        return new AclUser(words.get(1), words.contains("on"), words.contains("nopass"), rules);
    }

    static List<AclDenial> denials(Reply reply) {
        return reply.elements().stream()
                .map(entry -> denial(Replies.pairs(entry)))
                .toList();
    }

    private static AclDenial denial(Map<String, Reply> entry) {
        String reason = text(entry, "reason");
        // A client may have put its password where a key belongs; of a failed login nothing is kept.
        String object = reason.equals("auth")
                ? RedactedName.REDACTED
                : RedactedName.of(Replies.bytesOf(entry.getOrDefault("object", new Reply.Simple(""))))
                        .printed();
        double ageSeconds = Double.parseDouble(text(entry, "age-seconds"));
        return new AclDenial(
                reason,
                object,
                clientHost(text(entry, "client-info")),
                entry.getOrDefault("count", new Reply.Int(0)).integer(),
                Duration.ofMillis(Math.round(ageSeconds * 1_000)));
    }

    private static String clientHost(String clientInfo) {
        for (String part : clientInfo.split(" ", -1)) {
            if (part.startsWith("addr=")) {
                String address = part.substring("addr=".length());
                int colon = address.lastIndexOf(':');
                return colon < 0 ? address : address.substring(0, colon);
            }
        }
        return "";
    }

    private static String text(Map<String, Reply> entry, String name) {
        return entry.getOrDefault(name, new Reply.Simple("")).text();
    }
}
