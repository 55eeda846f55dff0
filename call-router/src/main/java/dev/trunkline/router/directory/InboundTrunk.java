package dev.trunkline.router.directory;

import dev.trunkline.events.Trunk;
import dev.trunkline.events.numbers.NumberPlan;
import java.util.List;
import java.util.Optional;

/**
 * Where calls come from.
 *
 * @param addresses networks that it sends from, CIDR
 * @param country ISO 3166 region of its number plan; empty where numbers come in E.164
 * @param headersToRoom header names that travel to the room's participant attributes
 * @param numbers the dialled numbers that it may bring; empty for any
 * @param allowedNumbers the callers that it may bring, each a number or a pattern with a trailing star; empty for any
 */
public record InboundTrunk(
        String id,
        String name,
        List<String> addresses,
        Optional<String> country,
        List<String> headersToRoom,
        List<String> numbers,
        List<String> allowedNumbers) {

    public InboundTrunk {
        addresses = List.copyOf(addresses);
        headersToRoom = List.copyOf(headersToRoom);
        numbers = List.copyOf(numbers);
        allowedNumbers = List.copyOf(allowedNumbers);
    }

    public NumberPlan plan() {
        return new NumberPlan(country);
    }

    /** The part of the trunk that the edge needs. */
    public Trunk forEdge() {
        return new Trunk(id, name, addresses, country, headersToRoom);
    }
}
