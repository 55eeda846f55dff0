package dev.trunkline.router.gateways;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.events.TrunkGateway;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A place at which an outbound call would be tried. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DialledGateway(
        String host,
        OptionalInt port,
        Optional<String> transport,
        int order,
        int weight,
        @Schema(description = "Whether it answers OPTIONS from any edge; omitted if no edge has reported lately.") Optional<Boolean> up) {

    static DialledGateway of(TrunkGateway gateway, Map<String, Boolean> standing) {
        Optional<Boolean> up = Optional.ofNullable(standing.get(name(gateway)));
        return new DialledGateway(gateway.host(), gateway.port(), gateway.transport(), gateway.order(), gateway.weight(), up);
    }

    /** Returns its name as edges use it in their reports. */
    private static String name(TrunkGateway gateway) {
        String host = gateway.host().contains(":") ? "[" + gateway.host() + "]" : gateway.host();
        return host + (gateway.port().isPresent() ? ":" + gateway.port().getAsInt() : "")
                + gateway.transport().map(transport -> ";transport=" + transport).orElse("");
    }
}
