package io.cachewright.optimizer.inspect;

import io.cachewright.domain.keys.RedactedName;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.evidence.ValueFacts.Form;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts what the elements of one value are like; keeps facts and no content but names of fields.
final class ValueTally {

    static final int FIELD_NAMES_MAX = 32;

    private final Map<Form, Integer> forms = new EnumMap<>(Form.class);
    private final Set<String> fieldNames = new LinkedHashSet<>();
    private boolean hasSequence;
    private boolean hasTimestamp;
    private long longestBytes;
    private int elements;
    private int members;
    private int numericMembers;
    private int pairMembers;
    private int jsonElements;
    private int numbers;
    private int fractions;
    private int quantities;
    private int zeros;
    private int digitsMax;

    /// The name of a field of a hash or of a stream's entry. A price may be one.
    void takeField(byte[] name) {
        longestBytes = Math.max(longestBytes, name.length);
        takeName(RedactedName.of(name).printed());
        WrittenNumber.of(text(name)).ifPresent(number -> digitsMax = Math.max(digitsMax, number.significantDigits()));
    }

    /// A value: of a field, of a list, or a string; `longBytes` is its whole length when only its beginning is given.
    void takeValue(byte[] head, long longBytes) {
        takeForm(head, longBytes);
        WrittenNumber.of(text(head)).ifPresent(number -> {
            takeNumber(number);
            takeQuantity(number);
        });
        WrittenNumber.pair(text(head)).ifPresent(this::takePair);
    }

    /// A member of a set or sorted set.
    void takeMember(byte[] member) {
        takeForm(member, member.length);
        members++;
        WrittenNumber.of(text(member)).ifPresent(number -> {
            numericMembers++;
            takeNumber(number);
        });
        WrittenNumber.pair(text(member)).ifPresent(pair -> {
            pairMembers++;
            takePair(pair);
        });
    }

    private void takeForm(byte[] head, long longBytes) {
        elements++;
        longestBytes = Math.max(longestBytes, longBytes);
        boolean isCut = head.length < longBytes;
        Optional<JsonLook> json = JsonLook.of(head, isCut);
        json.ifPresent(this::takeJson);
        forms.merge(WrittenForm.of(head, json, isCut), 1, Integer::sum);
    }

    private void takeJson(JsonLook json) {
        jsonElements++;
        json.names()
                .forEach(name -> takeName(
                        RedactedName.of(name.getBytes(StandardCharsets.UTF_8)).printed()));
        json.numbers().forEach(this::takeNumber);
        json.quantities().forEach(this::takeQuantity);
    }

    private void takePair(WrittenNumber.Pair pair) {
        takeNumber(pair.first());
        takeNumber(pair.second());
        takeQuantity(pair.second());
    }

    private void takeName(String name) {
        if (fieldNames.size() < FIELD_NAMES_MAX) {
            fieldNames.add(name);
        }
        hasSequence |= FieldNameClues.isSequence(name);
        hasTimestamp |= FieldNameClues.isTime(name);
    }

    private void takeNumber(WrittenNumber number) {
        numbers++;
        fractions += number.isFraction() ? 1 : 0;
        digitsMax = Math.max(digitsMax, number.significantDigits());
    }

    private void takeQuantity(WrittenNumber number) {
        quantities++;
        zeros += number.isZero() ? 1 : 0;
    }

    ValueFacts facts(Optional<ValueFacts.Scores> scores, Optional<ValueFacts.Stream> stream) {
        Form form = forms.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Form.EMPTY);
        return new ValueFacts(
                elements,
                form,
                longestBytes,
                fieldNames.stream().toList(),
                share(zeros, quantities),
                share(fractions, numbers),
                digitsMax,
                share(jsonElements, elements),
                share(numericMembers, members),
                share(pairMembers, members),
                hasSequence,
                hasTimestamp,
                scores,
                stream);
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
