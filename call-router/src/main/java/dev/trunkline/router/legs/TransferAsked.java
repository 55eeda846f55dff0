package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A transfer that was requested. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TransferAsked(
        @Schema(description = "The call whose caller is transferred.") String callId,
        @Schema(description = "Id of the transfer in its events: call.transfer.started, .succeeded and .failed.") String transfer) {}
