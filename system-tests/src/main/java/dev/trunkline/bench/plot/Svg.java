package dev.trunkline.bench.plot;

import java.util.List;
import java.util.Locale;

/**
 * Builds a drawing, element by element. Colours and fonts come from the page's style sheet, by class names.
 *
 * <p>Coordinates are in units of the drawing, whose width the page sets: roughly the pixels of a phone.
 */
final class Svg {
    /** Narrow enough for its letters to be readable on a phone of 400 pixels, where the drawing is as wide as the screen. */
    static final int WIDTH = 380;

    private final StringBuilder body = new StringBuilder();
    private final String title;
    private final int height;

    /** @param title describes the drawing for readers who cannot see it */
    Svg(String title, int height) {
        this.title = title;
        this.height = height;
    }

    enum Anchor { START, MIDDLE, END }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        body.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n".formatted(style, n(x1), n(y1), n(x2), n(y2)));
        return this;
    }

    /** Adds a rectangle. @param tip the tooltip; none if empty */
    Svg rect(String style, double x, double y, double width, double height, String tip) {
        body.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s\n"
                .formatted(style, n(x), n(y), n(Math.max(width, 0)), n(Math.max(height, 0)), end("rect", tip)));
        return this;
    }

    Svg dot(String style, double x, double y, String tip) {
        body.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"%s\n".formatted(style, n(x), n(y), end("circle", tip)));
        return this;
    }

    /** Adds an open line through points. */
    Svg path(String style, List<double[]> points) {
        StringBuilder way = new StringBuilder();
        for (double[] point : points) {
            way.append(way.isEmpty() ? "M" : "L").append(n(point[0])).append(' ').append(n(point[1]));
        }
        body.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, way));
        return this;
    }

    Svg text(String style, double x, double y, Anchor anchor, String words) {
        body.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(style, n(x), n(y), anchor.name().toLowerCase(Locale.ROOT), escaped(words)));
        return this;
    }

    String done() {
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s</svg>".formatted(WIDTH, height, escaped(title), body);
    }

    private static String end(String element, String tip) {
        return tip.isEmpty() ? "/>" : "><title>" + escaped(tip) + "</title></" + element + ">";
    }

    /** Formats a coordinate; a tenth of a unit is too small to see. */
    private static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
