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
        @Schema(description = "Rises with time: `before` of the next page.") long id,
        Instant at,
        @Schema(enumeration = {"added", "assigned", "reassigned", "released", "removed", "changed"}) String what,
        @Schema(description = "Who did it: the subject of the token. An admin sees it always; a tenant where it was one of its"
                + " own, and else it was the administrator of the suite.")
        Optional<String> by,
        @Schema(description = "true: it was the organisation's own, whatever the name says; admins see it.") Optional<Boolean> byTenant,
        @Schema(description = "By which way: by a request on the number, by a directory file, or by a statement in Postgres. Left"
                + " out where that was not kept yet.", enumeration = {"api", "file", "database"})
        Optional<String> via,
        @Schema(description = "The organisation that had it; admins see it.") Optional<String> from,
        @Schema(description = "The organisation that got it, or has it; admins see it.") Optional<String> to,
        @Schema(description = "What is different, of `changed`: on and off is `active`.") Optional<List<FieldChange>> fields) {

    /** A changed field. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "NumberFieldChange")
    public record FieldChange(
            @Schema(description = "Its path, for example config_override.greeting.") String field,
            @Schema(description = "Left out: it was not there. Secrets are stars, long texts end early.", implementation = Object.class)
            Optional<JsonNode> before,
            @Schema(description = "Left out: it is there no more.", implementation = Object.class) Optional<JsonNode> after) {}
}
