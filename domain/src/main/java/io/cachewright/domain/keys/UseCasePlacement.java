package io.cachewright.domain.keys;

import io.cachewright.domain.UseCase;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a family holds, from the words of its pattern, its type and the names of its fields.
///
/// @param confidence 0 to 1, how sure the placement is; 0 for [UseCase#OTHER]
///
/*
 * Every word gives its use case a weight; the heaviest word counts, further words for the same use case add a tenth of
 * what is left to certainty. Field names count like words. A type in which nobody keeps such a thing (a tape in a hash)
 * takes a fifth away; an agreeing type takes half of the remaining doubt for weak words. Below LEAST the family stays OTHER.
 */
public record UseCasePlacement(UseCase useCase, double confidence) {

    private static final double LEAST = 0.45;
    private static final double CERTAIN = 0.99;

    /// How much of the remaining doubt a second agreeing sign removes.
    private static final double AGREEMENT = 0.3;

    private static final double UNUSUAL_TYPE = 0.8;

    /// A word near the end says more (`trader:<id>:orders`, `order:<id>:lock`).
    private static final double FOR_LAST_WORD = 1.06;

    private static final Map<UseCase, Set<String>> USUAL_TYPES = Map.ofEntries(
            Map.entry(UseCase.TOP_OF_BOOK, Set.of("hash", "string")),
            Map.entry(UseCase.DEPTH, Set.of("hash", "string", "zset", "stream")),
            Map.entry(UseCase.TAPE, Set.of("stream", "list", "zset")),
            Map.entry(UseCase.CANDLES, Set.of("hash", "zset", "list", "string", "stream", "TSDB-TYPE")),
            Map.entry(UseCase.TICKER, Set.of("hash", "string", "zset", "TSDB-TYPE")),
            Map.entry(UseCase.POSITIONS, Set.of("hash", "string", "ReJSON-RL", "list")),
            Map.entry(UseCase.RISK_LIMITS, Set.of("hash", "string", "ReJSON-RL")),
            Map.entry(UseCase.ORDERS, Set.of("hash", "string", "set", "zset", "list", "stream", "ReJSON-RL")),
            Map.entry(UseCase.IDEMPOTENCY, Set.of("string", "hash", "set")),
            Map.entry(UseCase.FIX_SESSION, Set.of("hash", "string", "list", "zset")),
            Map.entry(UseCase.RATE_LIMITS, Set.of("string", "zset", "hash")),
            Map.entry(UseCase.LOCKS, Set.of("string", "hash")),
            Map.entry(UseCase.SESSIONS, Set.of("string", "hash")),
            Map.entry(UseCase.REFERENCE_DATA, Set.of("hash", "string", "set", "ReJSON-RL")),
            Map.entry(UseCase.QUEUE, Set.of("list", "stream", "zset", "string", "hash")));

    /// Names of fields that tell what a hash, a stream entry or a JSON object is.
    private static final Map<UseCase, Set<String>> FIELDS = Map.of(
            UseCase.TOP_OF_BOOK,
                    Set.of("bidpx", "askpx", "bidprice", "askprice", "bidqty", "askqty", "bestbid", "bestask"),
            UseCase.DEPTH, Set.of("bids", "asks", "levels", "lastupdateid", "buy", "sell"),
            UseCase.CANDLES, Set.of("open", "high", "low", "close"),
            UseCase.POSITIONS, Set.of("avgpx", "avgprice", "netqty", "netposition"),
            UseCase.RISK_LIMITS, Set.of("reserved", "maxnotional", "maxorder", "limit"),
            UseCase.ORDERS, Set.of("clordid", "orderid", "leaves", "leavesqty", "cumqty", "ordstatus"),
            UseCase.FIX_SESSION, Set.of("senderseqnum", "targetseqnum", "nextsender", "nexttarget", "sender", "target"),
            UseCase.REFERENCE_DATA, Set.of("ticksize", "lotsize", "multiplier", "isin", "expiry"));

    /// So many telling fields are needed; one alone (`open`, `limit`) is an ordinary word.
    private static final int FIELDS_NEEDED = 2;

    private static final double FIELDS_WEIGHT = 0.75;

    /// Places a family.
    ///
    /// @param pattern as [KeyGroup#pattern]
    /// @param type the type that most of its keys have, as TYPE says
    /// @param fieldNames of its hashes, stream entries or JSON objects, as far as they were looked at
    public static UseCasePlacement of(String pattern, String type, Set<String> fieldNames) {
        Map<UseCase, Double> scores = new EnumMap<>(UseCase.class);
        byWords(UseCaseWords.words(withoutPlaceholders(pattern)), scores);
        byFields(fieldNames, scores);
        double best = 0;
        UseCase placed = UseCase.OTHER;
        for (Map.Entry<UseCase, Double> entry : scores.entrySet()) {
            Set<String> usual = USUAL_TYPES.getOrDefault(entry.getKey(), Set.of());
            double score = usual.contains(type) ? entry.getValue() : entry.getValue() * UNUSUAL_TYPE;
            if (score > best) {
                best = score;
                placed = entry.getKey();
            }
        }
        return best < LEAST
                ? new UseCasePlacement(UseCase.OTHER, 0)
                : new UseCasePlacement(placed, Math.min(CERTAIN, best));
    }

    private static String withoutPlaceholders(String pattern) {
        return pattern.replace("{I}", " ").replaceAll("<(?:n|id|I|date)>", " ");
    }

    private static void byWords(List<String> words, Map<UseCase, Double> scores) {
        for (int i = 0; i < words.size(); i++) {
            boolean paired =
                    i + 1 < words.size() && add(words.get(i) + " " + words.get(i + 1), i + 2 == words.size(), scores);
            // The second word of a phrase has had its say: an "order book" is no order, a "rate limit" no risk limit.
            if (paired) {
                i++;
            } else {
                add(words.get(i), i + 1 == words.size(), scores);
            }
        }
    }

    private static boolean add(String phrase, boolean last, Map<UseCase, Double> scores) {
        List<UseCaseWords> known = UseCaseWords.of(phrase);
        for (UseCaseWords words : known) {
            double weight = Math.min(CERTAIN, last ? words.weight() * FOR_LAST_WORD : words.weight());
            scores.merge(words.useCase(), weight, UseCasePlacement::both);
        }
        return !known.isEmpty();
    }

    private static double both(double one, double other) {
        double most = Math.max(one, other);
        return most + (1 - most) * AGREEMENT;
    }

    private static void byFields(Set<String> fieldNames, Map<UseCase, Double> scores) {
        Set<String> names = fieldNames.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replace("_", ""))
                .collect(Collectors.toSet());
        FIELDS.forEach((useCase, telling) -> {
            if (telling.stream().filter(names::contains).count() >= FIELDS_NEEDED) {
                scores.merge(useCase, FIELDS_WEIGHT, UseCasePlacement::both);
            }
        });
    }
}
