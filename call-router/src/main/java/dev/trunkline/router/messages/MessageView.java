package dev.trunkline.router.messages;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.trunkline.events.voicemail.VoicemailName;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message without its audio. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Message")
public record MessageView(
        @Schema(description = "Its id.") String id,
        @Schema(description = "The call in which it was left; its events say who called and what number.") String callId,
        @Schema(description = "When the recording began.") Instant recordedAt,
        @Schema(description = "Its length.") double seconds,
        @Schema(description = "Why it ended: key, silence, longest, hung-up or cut-off.", examples = {"hung-up"}) String ended,
        @Schema(description = "When it will be deleted.") Instant keptUntil) {

    static MessageView of(VoicemailName name) {
        return new MessageView(
                name.message().toString(), name.call().toString(), name.recordedAt(), name.length().toMillis() / 1_000.0, name.ended().code(),
                name.keptUntil());
    }
}
