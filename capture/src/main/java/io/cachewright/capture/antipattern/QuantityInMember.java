package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.Key;
import java.util.Set;

/// `ZADD k 101.5 "101.5:20"` on a key from which nothing is removed.
@AutoService(AntiPattern.class)
public final class QuantityInMember implements AntiPattern {

    private static boolean isPriceAndQuantity(String score, String member) {
        int length = score.length();
        return member.length() > length + 1
                && member.startsWith(score)
                && ":@|_,/".indexOf(member.charAt(length)) >= 0
                && member.substring(length + 1).chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    @Override
    public Facts facts() {
        return new Facts(
                "B3",
                Severity.CORRUPTS,
                "members of a sorted set hold the price and the quantity, so an old quantity stays beside "
                        + "the new one",
                "the price alone is the member; the quantity is stored apart or in a hash",
                3);
    }

    @Override
    public Set<String> commands() {
        return Set.of("ZADD", "ZREM");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Key, Boolean> cleaned = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey()) {
                    return;
                }
                if (command.name().equals("ZREM")) {
                    cleaned.put(command.key(), true);
                    return;
                }
                Arguments arguments = command.arguments();
                int last = arguments.count() - 1;
                if (last >= 3
                        && isPriceAndQuantity(arguments.text(last - 1), arguments.text(last))
                        && cleaned.get(command.key()) == null) {
                    seen.add(Cost.NONE, command);
                }
            }
        };
    }
}
