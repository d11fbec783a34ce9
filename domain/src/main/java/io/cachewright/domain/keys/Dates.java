package io.cachewright.domain.keys;

/// Tells from digits whether they can be a date.
final class Dates {

    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Dates() {}

    /// Whether all of it reads as `YYYYMMDD` to [KeyName].
    static boolean isDate(byte[] name, int from, int length) {
        return length == 8
                && isCentury(name, from)
                && isMonth(number(name, from + 4, 2))
                && isDay(number(name, from + 6, 2));
    }

    /// What digits may be, so that equal answers are equally read everywhere: nothing 0, a year 1, and of six and
    /// eight digits a date by its form 2, a date by the calendar 4.
    static int likeness(byte[] name, int from, int length) {
        return switch (length) {
            case 4 -> isCentury(name, from) ? 1 : 0;
            case 6 -> isInCalendar(2000 + number(name, from, 2), name, from + 2) ? 4 : 0;
            case 8 ->
                (isDate(name, from, length) ? 2 : 0)
                        + (isCentury(name, from) ? 1 : 0)
                        + (isInCalendar(number(name, from, 4), name, from + 4) ? 4 : 0);
            default -> 0;
        };
    }

    private static boolean isInCalendar(int year, byte[] name, int monthAt) {
        int month = number(name, monthAt, 2);
        int day = number(name, monthAt + 2, 2);
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return isMonth(month) && day >= 1 && day <= DAYS[month - 1] && (month != 2 || day < 29 || leap);
    }

    private static boolean isCentury(byte[] name, int from) {
        int century = number(name, from, 2);
        return century == 19 || century == 20;
    }

    private static boolean isMonth(int month) {
        return month >= 1 && month <= 12;
    }

    private static boolean isDay(int day) {
        return day >= 1 && day <= 31;
    }

    private static int number(byte[] name, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + name[i] - '0';
        }
        return number;
    }
}
