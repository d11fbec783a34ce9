package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Arguments;

/// Tells what an argument looks like, from its bytes.
final class Shapes {

    private Shapes() {}

    /// For people: `<number>`, `<JSON, 20528 bytes>`, `<12 bytes>`.
    static String of(Arguments arguments, int i) {
        if (isNumber(arguments, i)) {
            return "<number>";
        }
        return isJson(arguments, i)
                ? "<JSON, " + arguments.length(i) + " bytes>"
                : "<" + arguments.length(i) + " bytes>";
    }

    static boolean isInteger(Arguments arguments, int i) {
        int length = arguments.length(i);
        int from = length > 1 && arguments.keptLength(i) > 0 && arguments.at(i, 0) == '-' ? 1 : 0;
        if (length == from || length > 20 || !arguments.isWhole(i)) {
            return false;
        }
        for (int at = from; at < length; at++) {
            if (!isDigit(arguments.at(i, at))) {
                return false;
            }
        }
        return true;
    }

    /// A number with a fraction.
    static boolean isDecimal(Arguments arguments, int i) {
        return isNumber(arguments, i) && fractionDigits(arguments, i) > 0;
    }

    /// An integer or a decimal number, without an exponent.
    static boolean isNumber(Arguments arguments, int i) {
        int length = arguments.length(i);
        if (length == 0 || length > 40 || !arguments.isWhole(i)) {
            return false;
        }
        int digits = 0;
        int points = 0;
        for (int at = 0; at < length; at++) {
            byte one = arguments.at(i, at);
            if (isDigit(one)) {
                digits++;
            } else if (one == '.') {
                points++;
            } else if (one != '-' || at > 0) {
                return false;
            }
        }
        return digits > 0 && points <= 1;
    }

    static boolean isZero(Arguments arguments, int i) {
        if (!isNumber(arguments, i)) {
            return false;
        }
        for (int at = 0; at < arguments.length(i); at++) {
            byte one = arguments.at(i, at);
            if (isDigit(one) && one != '0') {
                return false;
            }
        }
        return true;
    }

    static int fractionDigits(Arguments arguments, int i) {
        for (int at = 0; at < arguments.keptLength(i); at++) {
            if (arguments.at(i, at) == '.') {
                return arguments.length(i) - at - 1;
            }
        }
        return 0;
    }

    static boolean isJson(Arguments arguments, int i) {
        return arguments.keptLength(i) > 1 && (arguments.at(i, 0) == '{' || arguments.at(i, 0) == '[');
    }

    /// The first bytes of a Java serialised object, or of a Python pickle of protocol 2 to 5.
    static boolean isSerialised(Arguments arguments, int i) {
        if (arguments.keptLength(i) < 4) {
            return false;
        }
        int first = arguments.at(i, 0) & 0xff;
        int second = arguments.at(i, 1) & 0xff;
        boolean isPickle = first == 0x80
                && second >= 2
                && second <= 5
                && arguments.isWhole(i)
                && arguments.at(i, arguments.length(i) - 1) == '.';
        return (first == 0xAC && second == 0xED) || isPickle;
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }
}
