package dev.trunkline.bench.report;

import java.util.Locale;

/** Formats numbers for people: three significant figures, with thousands separated. */
public final class Numbers {
    private Numbers() {}

    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        // A number that would be rounded up to the next power of ten gets as many decimal places as that power.
        int places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%,." + places + "f", value);
        return places == 0 || !text.contains(".") ? text : stripped(text);
    }

    private static String stripped(String text) {
        String bare = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        return bare.equals("-0") ? "0" : bare;
    }

    /** Formats a number with its unit, if it has one. */
    public static String text(double value, String unit) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }
}
