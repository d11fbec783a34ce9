package io.cachewright.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Answers of one batch, which grow older while the batch waits for the rest.
final class BatchAnswers<V> {

    private record Dated<V>(Answer<V> answer, long addedNanos) {

        Answer<V> at(long nanos) {
            return new Answer<>(
                    answer.value(), answer.versionOrMin(), answer.ageNanos() + nanos - addedNanos, answer.source());
        }
    }

    private final Map<String, Dated<V>> all;
    private final LinkClock clock;

    BatchAnswers(int keysMax, LinkClock clock) {
        this.all = HashMap.newHashMap(keysMax);
        this.clock = clock;
    }

    /// In place of the one that `key` has, if any.
    void add(String key, Answer<V> answer) {
        all.put(key, new Dated<>(answer, clock.nanoTime()));
    }

    /// Keys that were served near as fresh and are older than `boundNanos` by now; none where that is negative.
    List<String> nearBeyond(long boundNanos) {
        long now = clock.nanoTime();
        List<String> keys = new ArrayList<>();
        all.forEach((key, dated) -> {
            boolean isNear = dated.answer.source() == Source.NEAR;
            if (isNear && boundNanos >= 0 && dated.at(now).ageNanos() > boundNanos) {
                keys.add(key);
            }
        });
        return keys;
    }

    /// All, with the ages that they have now.
    Map<String, Answer<V>> asOfNow() {
        long now = clock.nanoTime();
        Map<String, Answer<V>> answers = HashMap.newHashMap(all.size());
        all.forEach((key, dated) -> answers.put(key, dated.at(now)));
        return answers;
    }
}
