package dev.trunkline.router.numbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event of a number: an organisation got or lost it, or it was changed. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NumberEvent(
        @Schema(description = "Increases with time: `before` of the next page.") long id,
        Instant at,
        @Schema(enumeration = {"added", "assigned", "reassigned", "released", "removed", "changed"}) String what,
        @Schema(description = "Who did it: the subject of the token. Always shown to an admin; shown to a tenant if it was one of its"
                + " own, otherwise it was the suite's administrator.")
        Optional<String> by,
        @Schema(description = "true: it was the organisation's own, whatever its name; shown to admins.") Optional<Boolean> byTenant,
        @Schema(description = "How: by a request on the number, by a directory file, or by a statement in Postgres. Omitted"
                + " if that was not recorded yet.", enumeration = {"api", "file", "database"})
        Optional<String> via,
        @Schema(description = "The organisation that had it; shown to admins.") Optional<String> from,
        @Schema(description = "The organisation that got it, or has it; shown to admins.") Optional<String> to,
        @Schema(description = "For `changed`: what differs; on and off is `active`.") Optional<List<FieldChange>> fields) {

    /** A changed field. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "NumberFieldChange")
    public record FieldChange(
            @Schema(description = "Its path, for example config_override.greeting.") String field,
            @Schema(description = "Omitted: it did not exist. Secrets are stars, long texts are cut.", implementation = Object.class)
            Optional<JsonNode> before,
            @Schema(description = "Omitted: it no longer exists.", implementation = Object.class) Optional<JsonNode> after) {}
}
