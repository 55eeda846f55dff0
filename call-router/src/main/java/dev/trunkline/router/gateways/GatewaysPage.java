package dev.trunkline.router.gateways;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.trunkline.events.GatewayState;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.RegistrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The state of outbound trunks. */
@Schema(name = "Gateways")
public record GatewaysPage(List<Standing> gateways) {
    /** An edge repeats its states every half minute. */
    static final Duration FRESH = Duration.ofSeconds(90);

    /** One trunk, as one edge sees it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "OutboundTrunkStanding")
    public record Standing(
            @Schema(description = "Name of the trunk.") String trunk,
            @Schema(description = "The edge that reports this.") String edge,
            @Schema(description = "true: the edge has not reported for 90 s, and is gone.") boolean stale,
            List<Gateway> gateways,
            @Schema(description = "Omitted if this edge does not register the trunk: none does, or another edge.")
            Optional<Registration> registration,
            Instant saidAt) {

        static Standing of(OutboundTrunkState state, Instant now) {
            return new Standing(
                    state.trunk().name(), state.edge(), state.saidAt().plus(FRESH).isBefore(now),
                    state.gateways().stream().map(Gateway::of).toList(),
                    state.registration().map(Registration::of), state.saidAt());
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "GatewayStanding")
    public record Gateway(
            String gateway,
            boolean up,
            @Schema(description = "Of its last answer to OPTIONS; 408 if none arrived, 503 if nothing could be sent.") OptionalInt status,
            OptionalInt pingMillis,
            Instant since) {

        static Gateway of(GatewayState state) {
            return new Gateway(state.gateway(), state.up(), state.status(), state.pingMillis(), state.since());
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "RegistrationStanding")
    public record Registration(
            boolean registered,
            Optional<Instant> until,
            OptionalInt status,
            @Schema(description = "Why the last REGISTER was not accepted.") Optional<String> why,
            Instant since) {

        static Registration of(RegistrationState state) {
            return new Registration(state.registered(), state.until(), state.status(), state.why(), state.since());
        }
    }
}
