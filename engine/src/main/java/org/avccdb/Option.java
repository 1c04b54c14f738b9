package org.avccdb;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One option: its name, its default, which values it may have, and how they are written down. Immutable.
 *
 * @param <T> type of its values
 */
final class Option<T> {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("(-?[0-9]{1,19})(?: *(KiB|MiB|GiB))?");

    private final String name;
    private final T defaultValue;
    private final String range;
    private final Predicate<T> inRange;
    private final Function<T, String> format;
    private final Function<String, T> parse;

    Option(
            final String name,
            final T defaultValue,
            final String range,
            final Predicate<T> inRange,
            final Function<T, String> format,
            final Function<String, T> parse) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.range = range;
        this.inRange = inRange;
        this.format = format;
        this.parse = parse;
    }

    static Option<Integer> ofInt(final String name, final int defaultValue, final int min, final int max) {
        return ofInt(name, defaultValue, min + " to " + max, value -> value >= min && value <= max);
    }

    static Option<Integer> ofInt(
            final String name, final int defaultValue, final String range, final Predicate<Integer> inRange) {
        return new Option<>(
                name, defaultValue, range, inRange, String::valueOf, text -> Math.toIntExact(wholeNumber(text)));
    }

    static Option<Long> ofLong(final String name, final long defaultValue, final long min, final long max) {
        return new Option<>(
                name,
                defaultValue,
                min + " to " + max,
                value -> value >= min && value <= max,
                String::valueOf,
                Option::wholeNumber);
    }

    static Option<Double> ofDouble(final String name, final double defaultValue, final double min, final double max) {
        return new Option<>(
                name,
                defaultValue,
                min + " to " + max,
                value -> value >= min && value <= max,
                String::valueOf,
                Double::valueOf);
    }

    static Option<Boolean> ofBoolean(final String name) {
        return new Option<>(name, false, "true or false", value -> true, String::valueOf, Option::truth);
    }

    static <E extends Enum<E>> Option<E> ofEnum(final String name, final E defaultValue) {
        final Class<E> type = defaultValue.getDeclaringClass();
        final String names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return new Option<>(
                name,
                defaultValue,
                "one of " + names,
                value -> true,
                Enum::name,
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    String name() {
        return name;
    }

    T defaultValue() {
        return defaultValue;
    }

    /** Refuses a value that is out of range. */
    void check(final T value) {
        if (!inRange.test(value)) {
            throw outOfRange(format.apply(value), null);
        }
    }

    String format(final T value) {
        return format.apply(value);
    }

    /** A value as it was written down; whether it is in range is not looked at. */
    T parse(final String text) {
        try {
            return parse.apply(text);
        } catch (final IllegalArgumentException | ArithmeticException e) {
            throw outOfRange("'" + text + "'", e);
        }
    }

    private IllegalArgumentException outOfRange(final String value, final RuntimeException cause) {
        return new IllegalArgumentException("option " + name + " is " + value + ", but must be " + range, cause);
    }

    private static boolean truth(final String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static long wholeNumber(final String text) {
        final Matcher matcher = WHOLE_NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a whole number");
        }
        final long number = Long.parseLong(matcher.group(1));
        final String unit = matcher.group(2);
        if (unit == null) {
            return number;
        }
        final int shift = switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
        return Math.multiplyExact(number, 1L << shift);
    }

    @Override
    public String toString() {
        return name;
    }
}
