package dev.trunkline.router.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** What an applied file changed, item by item, in the file's order. */
public record ApplyReport(List<Item> items) {

    public enum Change {
        CREATED,
        UPDATED,
        UNCHANGED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param kind {@code organisation}, {@code number}, {@code trunk} or {@code rule} */
    public record Item(String kind, String name, Change change) {}

    public ApplyReport {
        items = List.copyOf(items);
    }

    @JsonProperty
    public long created() {
        return count(Change.CREATED);
    }

    @JsonProperty
    public long updated() {
        return count(Change.UPDATED);
    }

    @JsonProperty
    public long unchanged() {
        return count(Change.UNCHANGED);
    }

    private long count(Change change) {
        return items.stream().filter(item -> item.change() == change).count();
    }
}
