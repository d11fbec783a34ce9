package io.cachewright.runtime.codec;

import io.cachewright.domain.Problems;
import io.cachewright.domain.ScaledDecimal;
import io.cachewright.runtime.wire.ByteSink;
import io.cachewright.runtime.wire.ByteSource;
import io.cachewright.runtime.wire.MalformedBytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Finds the form of a type, and says of every type without one why.
final class BinaryForms {

    /// Far above any price's; below what makes arithmetic on it slow.
    private static final int DECIMAL_SCALE_MAX = 10_000;

    private static final Map<Class<?>, BinaryForm> KNOWN = known();

    private final Problems problems;
    private final Deque<Class<?>> open = new ArrayDeque<>();

    BinaryForms(Problems problems) {
        this.problems = problems;
    }

    /// The form of `type`, which stands at `path`; an unusable one when a problem is on record.
    BinaryForm of(Type type, String path) {
        BinaryForm known = type instanceof Class<?> plain ? KNOWN.get(plain) : null;
        if (known != null) {
            return known;
        }
        return switch (type) {
            case Class<?> floating
            when MoneyCheck.isFloating(floating) -> {
                problems.add(MoneyCheck.advice(path, floating));
                yield unusable();
            }
            case Class<?> choice when choice.isEnum() -> ofEnum(choice);
            case Class<?> nested when nested.isRecord() -> ofRecord(nested, path);
            case ParameterizedType list
            when list.getRawType() == List.class -> ofList(of(list.getActualTypeArguments()[0], path + "[]"));
            default -> {
                problems.add(path + " is a " + type.getTypeName() + ", which has no compact form; see Codecs.records");
                yield unusable();
            }
        };
    }

    private static BinaryForm unusable() {
        return BinaryForm.of(Object.class, "?", (_, _) -> {}, _ -> {
            throw new IllegalStateException("refused when built");
        });
    }

    private BinaryForm ofRecord(Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        if (open.contains(type)) {
            problems.add(path + " contains itself: records must end somewhere");
            return unusable();
        }
        if (components.length == 0) {
            problems.add(path + " has no components");
            return unusable();
        }
        open.push(type);
        List<BinaryForm> forms = new ArrayList<>();
        for (RecordComponent component : components) {
            String at = path + "." + component.getName();
            boolean isModel = MoneyCheck.isFloating(component.getType()) && MoneyCheck.isMarked(component);
            forms.add(isModel ? floating(component.getType()) : of(component.getGenericType(), at));
        }
        open.pop();
        if (Arrays.stream(components)
                        .filter(each -> !each.getType().isPrimitive())
                        .count()
                > RecordForm.REFERENCES_MAX) {
            problems.add(path + " has more than " + RecordForm.REFERENCES_MAX + " components that may be null");
        }
        return problems.isEmpty() ? new RecordForm(type, components, forms) : unusable();
    }

    private static BinaryForm floating(Class<?> type) {
        return type == float.class || type == Float.class
                ? BinaryForm.of(
                        Float.class,
                        "float",
                        (to, value) -> to.putInt32(Float.floatToRawIntBits(value)),
                        from -> Float.intBitsToFloat(from.takeInt32()))
                : BinaryForm.of(
                        Double.class,
                        "double",
                        (to, value) -> to.putInt64(Double.doubleToRawLongBits(value)),
                        from -> Double.longBitsToDouble(from.takeInt64()));
    }

    private static BinaryForm ofEnum(Class<?> type) {
        List<?> constants = List.of(type.getEnumConstants());
        return BinaryForm.of(
                Object.class, "enum" + constants, (to, value) -> to.putUnsigned(constants.indexOf(value)), from -> {
                    long ordinal = from.takeUnsigned();
                    if (ordinal < 0 || ordinal >= constants.size()) {
                        throw new MalformedBytes("no constant " + ordinal + " in " + type.getSimpleName());
                    }
                    return constants.get((int) ordinal);
                });
    }

    private static BinaryForm ofList(BinaryForm element) {
        return BinaryForm.of(
                List.class,
                "list<" + element.schema() + ">",
                (to, list) -> {
                    to.putUnsigned(list.size());
                    for (Object each : list) {
                        element.write(to, each);
                    }
                },
                from -> {
                    int count = from.takeLength();
                    List<Object> list = new ArrayList<>(count);
                    for (int i = 0; i < count; i++) {
                        list.add(element.read(from));
                    }
                    return List.copyOf(list);
                });
    }

    private static Map<Class<?>, BinaryForm> known() {
        Map<Class<?>, BinaryForm> known = new HashMap<>();
        for (Class<?> type : List.of(boolean.class, Boolean.class)) {
            known.put(type, BinaryForm.of(Boolean.class, "boolean", (to, value) -> to.putByte(value ? 1 : 0), from -> {
                byte bit = from.takeByte();
                if (bit != 0 && bit != 1) {
                    throw new MalformedBytes("a boolean of " + bit);
                }
                return bit == 1;
            }));
        }
        whole(known, Byte.class, byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
        whole(known, Short.class, short.class, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
        whole(known, Integer.class, int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
        whole(known, Long.class, long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        for (Class<?> type : List.of(char.class, Character.class)) {
            known.put(type, BinaryForm.of(Character.class, "char", (to, value) -> to.putUnsigned(value), from ->
                    (char) within(from.takeUnsigned(), 0, Character.MAX_VALUE)));
        }
        known.put(String.class, BinaryForm.of(String.class, "text", ByteSink::putText, ByteSource::takeText));
        known.put(byte[].class, BinaryForm.of(byte[].class, "bytes", ByteSink::putSized, ByteSource::takeSized));
        known.put(
                BigDecimal.class,
                BinaryForm.of(BigDecimal.class, "decimal", BinaryForms::write, BinaryForms::readDecimal));
        known.put(
                ScaledDecimal.class,
                BinaryForm.of(
                        ScaledDecimal.class,
                        "scaled",
                        (to, value) -> {
                            to.putByte(value.scale());
                            to.putSigned(value.unscaled());
                        },
                        from -> {
                            int scale = (int) within(from.takeByte(), 0, ScaledDecimal.SCALE_MAX);
                            return new ScaledDecimal(from.takeSigned(), scale);
                        }));
        known.put(
                Instant.class,
                BinaryForm.of(
                        Instant.class,
                        "instant",
                        (to, value) -> {
                            to.putSigned(value.getEpochSecond());
                            to.putUnsigned(value.getNano());
                        },
                        from -> {
                            long seconds = within(
                                    from.takeSigned(), Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
                            return Instant.ofEpochSecond(seconds, within(from.takeUnsigned(), 0, 999_999_999));
                        }));
        known.put(
                Duration.class,
                BinaryForm.of(
                        Duration.class,
                        "duration",
                        (to, value) -> {
                            to.putSigned(value.getSeconds());
                            to.putUnsigned(value.getNano());
                        },
                        from -> Duration.ofSeconds(from.takeSigned(), within(from.takeUnsigned(), 0, 999_999_999))));
        known.put(
                LocalDate.class,
                BinaryForm.of(
                        LocalDate.class,
                        "date",
                        (to, value) -> to.putSigned(value.toEpochDay()),
                        from -> LocalDate.ofEpochDay(
                                within(from.takeSigned(), LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay()))));
        known.put(
                UUID.class,
                BinaryForm.of(
                        UUID.class,
                        "uuid",
                        (to, value) -> {
                            to.putInt64(value.getMostSignificantBits());
                            to.putInt64(value.getLeastSignificantBits());
                        },
                        from -> new UUID(from.takeInt64(), from.takeInt64())));
        return Map.copyOf(known);
    }

    @FunctionalInterface
    private interface Narrowing<T> {
        T of(Long value);
    }

    private static <T extends Number> void whole(
            Map<Class<?>, BinaryForm> known, Class<T> boxed, Class<?> plain, long min, long max, Narrowing<T> narrow) {
        BinaryForm form = BinaryForm.of(
                boxed,
                plain.getName(),
                (to, value) -> to.putSigned(value.longValue()),
                from -> narrow.of(within(from.takeSigned(), min, max)));
        known.put(boxed, form);
        known.put(plain, form);
    }

    private static long within(long value, long min, long max) {
        if (value < min || value > max) {
            throw new MalformedBytes(value + " is not within " + min + " and " + max);
        }
        return value;
    }

    private static void write(ByteSink to, BigDecimal value) {
        if (Math.abs((long) value.scale()) > DECIMAL_SCALE_MAX) {
            throw new IllegalArgumentException("scale must be at most " + DECIMAL_SCALE_MAX + ", was " + value.scale());
        }
        to.putSigned(value.scale());
        to.putSized(value.unscaledValue().toByteArray());
    }

    private static BigDecimal readDecimal(ByteSource from) {
        int scale = (int) within(from.takeSigned(), -DECIMAL_SCALE_MAX, DECIMAL_SCALE_MAX);
        byte[] unscaled = from.takeSized();
        if (unscaled.length == 0) {
            throw new MalformedBytes("a decimal without digits");
        }
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
