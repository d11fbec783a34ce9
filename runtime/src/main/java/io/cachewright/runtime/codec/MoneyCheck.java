package io.cachewright.runtime.codec;

import io.cachewright.domain.Problems;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/// Finds binary floating point anywhere in a type: money never passes through it.
final class MoneyCheck {

    private final Problems problems;
    private final Set<Type> seen = new HashSet<>();

    private MoneyCheck(Problems problems) {
        this.problems = problems;
    }

    /// Adds a problem for each `double` and `float` that is not marked [NotMoney].
    static void check(Class<?> type, Problems problems) {
        new MoneyCheck(problems).walk(type, type.getSimpleName());
    }

    static boolean isFloating(Type type) {
        return type == double.class
                || type == float.class
                || type == Double.class
                || type == Float.class
                || type == OptionalDouble.class;
    }

    static String advice(String path, Type type) {
        return path + " is a " + type.getTypeName() + ": money never passes through binary floating point; use"
                + " BigDecimal or ScaledDecimal, or mark it @NotMoney";
    }

    private void walk(Type type, String path) {
        if (isFloating(type)) {
            problems.add(advice(path, type));
        } else if (seen.add(type)) {
            switch (type) {
                case Class<?> array when array.isArray() -> walk(array.getComponentType(), path + "[]");
                case Class<?> own when isOwn(own) -> walkFields(own, path);
                case ParameterizedType generic -> {
                    walk(generic.getRawType(), path);
                    for (Type argument : generic.getActualTypeArguments()) {
                        walk(argument, path + "<>");
                    }
                }
                case GenericArrayType array -> walk(array.getGenericComponentType(), path + "[]");
                case WildcardType wildcard -> walkAll(wildcard.getUpperBounds(), path);
                case TypeVariable<?> variable -> walkAll(variable.getBounds(), path);
                default -> {
                    // Types of the platform.
                }
            }
        }
    }

    private void walkAll(Type[] bounds, String path) {
        for (Type bound : bounds) {
            walk(bound, path);
        }
    }

    private static boolean isOwn(Class<?> type) {
        return !type.isPrimitive() && !type.isEnum() && !type.getName().startsWith("java.");
    }

    private void walkFields(Class<?> type, String path) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !isMarked(field)) {
                walk(field.getGenericType(), path + "." + field.getName());
            }
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null && isOwn(parent)) {
            walk(parent, path);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                walk(permitted, permitted.getSimpleName());
            }
        }
    }

    static boolean isMarked(AnnotatedElement element) {
        return element.isAnnotationPresent(NotMoney.class);
    }
}
