package io.cachewright.optimizer.rules;

import io.cachewright.optimizer.evidence.ValueFacts;
import java.util.List;
import java.util.Optional;

/// Facts of values for tests: sound until a test spoils one of them.
public final class Values {

    private ValueFacts.Form form = ValueFacts.Form.INTEGER;
    private int looked = 100;
    private long longest = 12;
    private List<String> fields = List.of("bidPx", "askPx", "seq", "exchTs");
    private double zeroShare;
    private double fractionShare;
    private int digits = 8;
    private double jsonShare;
    private double numericMemberShare;
    private double pairMemberShare;
    private boolean sequence = true;
    private boolean timestamp = true;
    private Optional<ValueFacts.Scores> scores = Optional.empty();
    private Optional<ValueFacts.Stream> stream = Optional.empty();

    public static Values sound() {
        return new Values();
    }

    public Values form(ValueFacts.Form value) {
        form = value;
        return this;
    }

    public Values looked(int value) {
        looked = value;
        return this;
    }

    public Values longest(long value) {
        longest = value;
        return this;
    }

    public Values fields(String... names) {
        fields = List.of(names);
        return this;
    }

    public Values zeroShare(double value) {
        zeroShare = value;
        return this;
    }

    public Values fractions(double share, int significantDigits) {
        fractionShare = share;
        digits = significantDigits;
        return this;
    }

    public Values json(double share) {
        jsonShare = share;
        return this;
    }

    public Values numericMembers(double share) {
        numericMemberShare = share;
        return this;
    }

    public Values pairMembers(double share) {
        pairMemberShare = share;
        return this;
    }

    public Values withoutSequenceAndTime() {
        sequence = false;
        timestamp = false;
        return this;
    }

    public Values scores(int distinct, int beyondExactIntegers, int fractional, int packedTime, int timeLike) {
        scores = Optional.of(new ValueFacts.Scores(distinct, beyondExactIntegers, fractional, packedTime, timeLike));
        return this;
    }

    public Values stream(long length, int groups, long pending, long lag) {
        stream = Optional.of(new ValueFacts.Stream(length, groups, pending, lag));
        return this;
    }

    public ValueFacts facts() {
        return new ValueFacts(
                looked,
                form,
                longest,
                fields,
                zeroShare,
                fractionShare,
                digits,
                jsonShare,
                numericMemberShare,
                pairMemberShare,
                sequence,
                timestamp,
                scores,
                stream);
    }
}
