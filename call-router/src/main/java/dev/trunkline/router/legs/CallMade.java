package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.trunkline.events.TraceStep;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An outbound call that is being made. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CallMade(
        @Schema(description = "As in every event and log line of the call; `./trunkline trace` takes it.") String callId,
        String organisation,
        @Schema(description = "Name of the outbound trunk.") String trunk,
        String room,
        @Schema(description = "The organisation's number under which the call is reported and counted.") String number,
        @Schema(description = "true: an emergency number is called, which no limit refuses.") boolean emergency,
        @Schema(description = "Each step of the decision, in order.") List<TraceStep> trace) {}
