package dev.trunkline.router.messages;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message was heard or deleted. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "MessageAccess")
public record MessageAccess(
        @Schema(description = "When.") Instant happenedAt,
        @Schema(description = "The subject of the token.") String actor,
        @Schema(description = "The message's id.") String message,
        @Schema(description = "What was done: fetched or deleted.", examples = {"fetched"}) String what) {}
