package dev.trunkline.cli.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Prints what a directory file changed, or would change: a line for each changed item, the changed fields of an item that
 * existed before, the number of unchanged items, and the warnings.
 */
final class Changes {
    private final PrintStream out;
    private final boolean dryRun;

    Changes(PrintStream out, boolean dryRun) {
        this.out = out;
        this.dryRun = dryRun;
    }

    void print(JsonNode report) {
        for (JsonNode item : report.path("items")) {
            switch (item.path("change").asText()) {
                case "created" -> line("+", item);
                case "updated" -> {
                    line("~", item);
                    item.path("fields").forEach(this::field);
                }
                case "removed" -> line("-", item);
                default -> {}
            }
        }
        report.path("warnings").forEach(this::warning);
        out.printf("%d created, %d updated, %d unchanged%s%s%n",
                report.path("created").asInt(), report.path("updated").asInt(), report.path("unchanged").asInt(),
                report.path("removed").asInt() == 0 ? "" : ", %d removed".formatted(report.path("removed").asInt()),
                dryRun ? ": a dry run, nothing was applied" : "");
    }

    private void line(String sign, JsonNode item) {
        out.printf("%s %-14s %s%n", sign, item.path("kind").asText(), item.path("name").asText());
    }

    private void field(JsonNode field) {
        out.printf("    %s: %s -> %s%n", field.path("field").asText(), value(field.path("before")), value(field.path("after")));
    }

    private static String value(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "(none)" : value.isTextual() ? value.textValue() : value.toString();
    }

    private void warning(JsonNode warning) {
        String path = warning.path("path").asText();
        out.printf("! %s%s%n", path.isEmpty() ? "" : path + ": ", warning.path("problem").asText());
    }
}
