package dev.trunkline.events;

import java.util.List;
import java.util.Optional;

/**
 * A trunk as the edge needs it; travels on the compacted topic {@link Topics#TRUNKS}, and a tombstone removes it.
 *
 * @param addresses source networks that the trunk sends from, CIDR ({@code 203.0.113.0/24}, {@code ::1/128})
 * @param country ISO 3166 region of the trunk's number plan, for example {@code BE}; empty where numbers come in E.164
 * @param headersToRoom header names (case-insensitive) that travel sealed to the room's participant attributes
 */
public record Trunk(
        String id, String name, List<String> addresses, Optional<String> country, List<String> headersToRoom) {

    public Trunk {
        addresses = List.copyOf(addresses);
        country = country == null ? Optional.empty() : country;
        headersToRoom = headersToRoom == null ? List.of() : List.copyOf(headersToRoom);
    }

    public TrunkRef ref() {
        return new TrunkRef(id, name);
    }
}
