package io.cloudpits.api;

/** Checks of arguments, whose errors name the field and the value. For CloudPITS and for implementers of its interfaces. */
public final class Require {
    private Require() {}

    /** Returns {@code value} if it is a finite number of at least zero. */
    public static double nonNegative(String field, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw bad(field, value, "a finite number >= 0");
        }
        return value;
    }

    /** Returns {@code value} if it is a finite number above zero. */
    public static double positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw bad(field, value, "a finite number > 0");
        }
        return value;
    }

    /** Returns {@code value} if it is a number from {@code least} to {@code most}. */
    public static double between(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw bad(field, value, "a number from " + least + " to " + most);
        }
        return value;
    }

    /** Returns {@code value} if it is at least {@code least}. */
    public static int atLeast(String field, int value, int least) {
        if (value < least) {
            throw bad(field, value, "at least " + least);
        }
        return value;
    }

    /** Returns {@code value} if it has a visible character. */
    public static String text(String field, String value) {
        if (value.isBlank()) {
            throw bad(field, '"' + value + '"', "a text that is not blank");
        }
        return value;
    }

    /** The error for {@code value} in {@code field}, where {@code expected} was expected. */
    public static IllegalArgumentException bad(String field, Object value, String expected) {
        return new IllegalArgumentException(field + " is " + value + "; expected " + expected);
    }
}
