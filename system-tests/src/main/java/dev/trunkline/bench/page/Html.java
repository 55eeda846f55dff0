package dev.trunkline.bench.page;

import java.util.List;

/** Builds the text of a page, element by element. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Adds markup unchanged. */
    Html raw(String markup) {
        text.append(markup).append('\n');
        return this;
    }

    Html heading(String id, String words) {
        return raw("<h2 id=\"" + id + "\">" + escaped(words) + "</h2>");
    }

    Html paragraph(String style, String words) {
        return raw("<p class=\"" + style + "\">" + escaped(words) + "</p>");
    }

    /** Adds a table row. @param cells the markup of each cell */
    Html row(String style, List<String> cells) {
        text.append("<tr class=\"").append(style).append("\">");
        cells.forEach(cell -> text.append("<td>").append(cell).append("</td>"));
        return raw("</tr>");
    }

    /** Adds the head of a table, from plain words. */
    Html head(List<String> words) {
        text.append("<thead><tr>");
        words.forEach(word -> text.append("<th>").append(escaped(word)).append("</th>"));
        return raw("</tr></thead>");
    }

    /** Adds a drawing with words below it. @param markup of the drawing */
    Html figure(String title, String markup, String words) {
        return raw("<figure><h3>" + escaped(title) + "</h3>\n" + markup + "\n<figcaption>" + escaped(words) + "</figcaption></figure>");
    }

    static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
