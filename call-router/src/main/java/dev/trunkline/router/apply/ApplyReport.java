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
 * @param warnings what was applied and may be unintended
 * @param directory with the file applied, also if that was only tried; not part of the JSON
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
     * @param name that of an agent instance has its organisation's in front: {@code bakery/till}
     * @param fields those that change in an updated item; all of a created one ({@code after}) or a removed one
     *     ({@code before})
     */
    public record Item(String kind, String name, Change change, List<FieldChange> fields) {
        public Item {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A changed field, with secrets as stars.
     *
     * @param field its path in the item, for example {@code config.voice}
     * @param before empty if it did not exist
     * @param after empty if it no longer exists
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record FieldChange(String field, Optional<JsonNode> before, Optional<JsonNode> after) {}

    public ApplyReport {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    /** Returns the same report with these warnings alone. */
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
     * Returns a digest of the changes, in 32 hexadecimal digits. A client that saw it in a dry run can pass it to make
     * sure that exactly these changes are made. Secrets enter it as stars.
     */
    @JsonProperty
    public String changes() {
        try {
            byte[] what = EventJson.MAPPER.writeValueAsBytes(items.stream().filter(item -> item.change() != Change.UNCHANGED).toList());
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(what), 0, 16);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the digest of a file's changes cannot be computed", e);
        }
    }

    /** Returns a summary for a log line. */
    public String summary() {
        return "%d created, %d updated, %d unchanged, %d removed".formatted(created(), updated(), unchanged(), removed());
    }

    private long count(Change change) {
        return items.stream().filter(item -> item.change() == change).count();
    }
}
