package io.cachewright.runtime.codec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a `double` or `float` is no price, quantity or amount, but a volatility, a ratio, a model's
/// output. Codecs refuse binary floating point without it.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.METHOD, ElementType.PARAMETER})
public @interface NotMoney {}
