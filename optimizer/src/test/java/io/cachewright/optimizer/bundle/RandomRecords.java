package io.cachewright.optimizer.bundle;

import io.cachewright.domain.Reading;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Any value of any record of the evidence, by its components: a new component is covered without a word here.
record RandomRecords(Random random) {

    private static final String CHARACTERS = "abcXYZ019:{}\"\\/ \n\tßé€\u2028日";

    <T extends Record> T next(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        return switch (type) {
            case ParameterizedType generic -> generic(generic);
            case Class<?> plain when plain.isRecord() -> record(plain);
            case Class<?> plain when plain.isEnum() -> pick(Arrays.asList(plain.getEnumConstants()));
            case Class<?> plain -> scalar(plain);
            default -> throw new IllegalStateException("no values of " + type);
        };
    }

    private Object generic(ParameterizedType type) {
        Type first = type.getActualTypeArguments()[0];
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == Reading.class) {
            return random.nextInt(4) == 0
                    ? Reading.unavailable(pick(Arrays.asList(Reading.Cause.values())), text())
                    : Reading.known(value(first));
        }
        if (raw == Optional.class) {
            return random.nextBoolean() ? Optional.empty() : Optional.of(value(first));
        }
        if (raw == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                list.add(value(first));
            }
            return list;
        }
        if (raw == Map.class) {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                map.put(value(first), value(type.getActualTypeArguments()[1]));
            }
            return map;
        }
        throw new IllegalStateException("no values of " + type);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = value(components[i].getGenericType());
        }
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return canonical.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
        }
    }

    private Object scalar(Class<?> type) {
        if (type == String.class) {
            return text();
        }
        if (type == long.class || type == Long.class) {
            return random.nextBoolean() ? random.nextLong() : (long) random.nextInt(100);
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt();
        }
        if (type == double.class || type == Double.class) {
            return random.nextBoolean() ? random.nextDouble() : random.nextGaussian() * 1e300;
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == Duration.class) {
            return Duration.ofNanos(random.nextLong());
        }
        if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        }
        throw new IllegalStateException("no values of " + type);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < random.nextInt(12); i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
