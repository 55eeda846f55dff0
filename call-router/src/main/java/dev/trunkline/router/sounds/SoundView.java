package dev.trunkline.router.sounds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sound in one language, without its file. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Sound")
public record SoundView(
        @Schema(description = "The name that rules and numbers use.") String name,
        @Schema(description = "BCP 47; empty for a sound without a language.") String language,
        @Schema(description = "Name of the organisation that has it; omitted for the suite's.") Optional<String> organisation,
        @JsonProperty("default") @Schema(description = "Whether it is played if the sound does not exist in the requested language.")
        boolean isDefault,
        @Schema(description = "Content type of the file.", examples = {"audio/wav", "audio/ogg; codecs=opus"}) String contentType,
        @Schema(description = "Size of the file.") int octets,
        @Schema(description = "Its duration.") double seconds,
        @Schema(description = "SHA-256 of the file, in hexadecimal digits.") String sha256,
        @Schema(description = "Who uploaded it.") String writtenBy,
        @Schema(description = "When that was.") Instant writtenAt) {}
