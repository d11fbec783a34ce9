package io.cachewright.runtime.codec;

import io.cachewright.runtime.wire.ByteSink;
import io.cachewright.runtime.wire.ByteSource;
import io.cachewright.runtime.wire.MalformedBytes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A record's components one after another, after one bit for each that may be null.
final class RecordForm implements BinaryForm {

    /// Bits of the varint that says which references are there.
    static final int REFERENCES_MAX = 63;

    private final Constructor<?> constructor;
    private final Method[] accessors;
    private final BinaryForm[] forms;
    private final boolean[] isReference;
    private final boolean hasReferences;
    private final String schema;

    RecordForm(Class<?> type, RecordComponent[] components, List<BinaryForm> forms) {
        this.forms = forms.toArray(BinaryForm[]::new);
        this.accessors = new Method[components.length];
        this.isReference = new boolean[components.length];
        StringJoiner words = new StringJoiner(",", "{", "}");
        boolean anyReference = false;
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true);
            isReference[i] = !components[i].getType().isPrimitive();
            anyReference |= isReference[i];
            words.add(components[i].getName() + (isReference[i] ? "?:" : ":") + this.forms[i].schema());
        }
        this.hasReferences = anyReference;
        this.schema = words.toString();
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor", e);
        }
    }

    @Override
    public void write(ByteSink to, Object value) {
        @Nullable Object[] components = new @Nullable Object[forms.length];
        long present = 0;
        int bit = 0;
        for (int i = 0; i < forms.length; i++) {
            components[i] = component(value, i);
            if (isReference[i]) {
                present |= components[i] == null ? 0 : 1L << bit;
                bit++;
            }
        }
        if (hasReferences) {
            to.putUnsigned(present);
        }
        for (int i = 0; i < forms.length; i++) {
            Object component = components[i];
            if (component != null) {
                forms[i].write(to, component);
            }
        }
    }

    @Override
    public Object read(ByteSource from) {
        long present = hasReferences ? from.takeUnsigned() : 0;
        @Nullable Object[] components = new @Nullable Object[forms.length];
        for (int i = 0; i < forms.length; i++) {
            if (!isReference[i]) {
                components[i] = forms[i].read(from);
            } else {
                components[i] = (present & 1) == 0 ? null : forms[i].read(from);
                present >>>= 1;
            }
        }
        if (present != 0) {
            throw new MalformedBytes("more components than the record has");
        }
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException _) {
            // The record's own check refuses the values.
            throw new MalformedBytes("the record refuses what was read");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String schema() {
        return schema;
    }

    private @Nullable Object component(Object value, int index) {
        try {
            return accessors[index].invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
