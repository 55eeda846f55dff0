package dev.trunkline.cli.calls;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under a header, each column as wide as its longest word. */
public final class Table {
    private static final String BETWEEN = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    /** @param words one for each column */
    public void row(String... words) {
        if (words.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row has " + rows.getFirst().size() + " words, not " + words.length);
        }
        rows.add(List.of(words));
    }

    public void print(PrintStream out) {
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column)).append(" ".repeat(width(column) - row.get(column).length())).append(BETWEEN);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
