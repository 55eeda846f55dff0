package dev.trunkline.events;

import java.util.List;
import java.util.Optional;

/**
 * A trunk as the edge needs it; travels on the compacted topic {@link Topics#TRUNKS}, and a tombstone removes it.
 *
 * @param addresses source networks that the trunk sends from, CIDR ({@code 203.0.113.0/24}, {@code ::1/128})
 * @param country ISO 3166 region of the trunk's number plan, for example {@code BE}; empty where numbers come in E.164
 * @param headersToRoom header names (case-insensitive) that travel sealed to the room's participant attributes
 * @param internationalPrefixes what the trunk dials before a country code, for example {@code 00}; empty for the
 *     country's own
 * @param nationalPrefixes what the trunk dials before a national number, for example {@code 0}; empty for the country's
 *     own
 * @param calledFrom where the dialled number is looked for, in order: {@code request-uri}, {@code to},
 *     {@code diversion}, {@code history-info}; empty for the Request-URI
 * @param callerFrom where the caller's number is looked for, in order: {@code p-asserted-identity},
 *     {@code remote-party-id}, {@code from}; empty for that order
 */
public record Trunk(
        String id,
        String name,
        List<String> addresses,
        Optional<String> country,
        List<String> headersToRoom,
        List<String> internationalPrefixes,
        List<String> nationalPrefixes,
        List<String> calledFrom,
        List<String> callerFrom) {

    public Trunk {
        addresses = List.copyOf(addresses);
        country = country == null ? Optional.empty() : country;
        headersToRoom = orEmpty(headersToRoom);
        internationalPrefixes = orEmpty(internationalPrefixes);
        nationalPrefixes = orEmpty(nationalPrefixes);
        calledFrom = orEmpty(calledFrom);
        callerFrom = orEmpty(callerFrom);
    }

    /** A trunk that writes numbers as its country does, in the usual places. */
    public Trunk(
            String id, String name, List<String> addresses, Optional<String> country, List<String> headersToRoom) {
        this(id, name, addresses, country, headersToRoom, List.of(), List.of(), List.of(), List.of());
    }

    private static List<String> orEmpty(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    public TrunkRef ref() {
        return new TrunkRef(id, name);
    }
}
