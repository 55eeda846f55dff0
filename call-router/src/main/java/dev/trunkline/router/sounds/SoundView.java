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
        @Schema(description = "As rules and numbers name it.") String name,
        @Schema(description = "BCP 47; empty for a sound of no language.") String language,
        @Schema(description = "Name of the organisation that has it; left out where it is the suite's.") Optional<String> organisation,
        @JsonProperty("default") @Schema(description = "Whether it is played where the sound is not there in the language that is wanted.")
        boolean isDefault,
        @Schema(description = "What the file is.", examples = {"audio/wav", "audio/ogg; codecs=opus"}) String contentType,
        @Schema(description = "Of the file.") int octets,
        @Schema(description = "How long it is heard.") double seconds,
        @Schema(description = "SHA-256 of the file, in hexadecimal digits.") String sha256,
        @Schema(description = "Who uploaded it.") String writtenBy,
        @Schema(description = "When that was.") Instant writtenAt) {}
