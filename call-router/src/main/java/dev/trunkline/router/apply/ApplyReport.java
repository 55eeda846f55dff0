package dev.trunkline.router.apply;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.fields.Fault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What applying a file changes, item by item, in the file's order.
 *
 * @param dryRun whether it was only tried, and nothing was written
 * @param warnings what was applied, and may not be what was meant
 * @param directory as it is with the file applied, also where that was only tried; not part of the JSON
 */
public record ApplyReport(
        @JsonProperty("dry_run") boolean dryRun,
        List<Item> items,
        List<Fault> warnings,
        @JsonIgnore Directory directory) {

    public enum Change {
        CREATED,
        UPDATED,
        UNCHANGED,
        REMOVED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param kind {@code organisation}, {@code agent_instance}, {@code number}, {@code trunk} or {@code rule}
     * @param name of an agent instance with its organisation before it: {@code bakery/till}
     * @param fields those that change, of an item that is updated; all of one that is created ({@code after}) or removed
     *     ({@code before})
     */
    public record Item(String kind, String name, Change change, List<FieldChange> fields) {
        public Item {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Secrets stand as stars.
     *
     * @param field its path in the item, for example {@code config.voice}
     * @param before empty if it was not there
     * @param after empty if it is there no more
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record FieldChange(String field, Optional<JsonNode> before, Optional<JsonNode> after) {}

    public ApplyReport {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    /** The same, with these warnings alone. */
    public ApplyReport warning(List<Fault> all) {
        return new ApplyReport(dryRun, items, all, directory);
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

    @JsonProperty
    public long removed() {
        return count(Change.REMOVED);
    }

    /**
     * A digest of what changes, in 32 hexadecimal digits: whoever saw it by a dry run can say by it that nothing else may be done. Secrets
     * are in it as stars.
     */
    @JsonProperty
    public String changes() {
        try {
            byte[] what = EventJson.MAPPER.writeValueAsBytes(items.stream().filter(item -> item.change() != Change.UNCHANGED).toList());
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(what), 0, 16);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("what a file changes has no digest", e);
        }
    }

    /** For a log line. */
    public String summary() {
        return "%d created, %d updated, %d unchanged, %d removed".formatted(created(), updated(), unchanged(), removed());
    }

    private long count(Change change) {
        return items.stream().filter(item -> item.change() == change).count();
    }
}
