package dev.trunkline.router.numbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that happened to a number. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Assignment(
        Instant at,
        @Schema(enumeration = {"added", "assigned", "reassigned", "released", "removed"}) String what,
        @Schema(description = "Who did it; admins see it.") Optional<String> by,
        @Schema(description = "The organisation that had it; admins see it.") Optional<String> from,
        @Schema(description = "The organisation that got it; admins see it.") Optional<String> to) {}
