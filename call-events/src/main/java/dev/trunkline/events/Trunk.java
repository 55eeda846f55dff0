package dev.trunkline.events;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A trunk as the edge needs it; travels on the compacted topic {@link Topics#TRUNKS}, and a tombstone removes it.
 *
 * @param addresses source networks that the trunk sends from, CIDR ({@code 203.0.113.0/24}, {@code ::1/128}), or host
 *     names, which stand for the addresses that DNS has for them; empty for a trunk that is recognised by its users
 *     alone
 * @param country ISO 3166 region of the trunk's number plan, for example {@code BE}; empty if numbers come in E.164
 * @param headersToRoom header names (case-insensitive) that travel sealed to the room's participant attributes
 * @param internationalPrefixes what the trunk dials before a country code, for example {@code 00}; empty for the
 *     country's own
 * @param nationalPrefixes what the trunk dials before a national number, for example {@code 0}; empty for the country's
 *     own
 * @param calledFrom places where the dialled number is looked for, in order: {@code request-uri}, {@code to},
 *     {@code p-called-party-id}, {@code diversion}, {@code history-info}; empty for the Request-URI
 * @param callerFrom places where the caller's number is looked for, in order: {@code p-asserted-identity},
 *     {@code remote-party-id}, {@code from}; empty for that order
 * @param numbers the dialled numbers that the trunk may deliver, each a number or a prefix with a star; empty for any.
 *     They distinguish trunks that send from one address
 * @param transports those that it may send with: {@code udp}, {@code tcp}, {@code tls}; empty for any
 * @param sealedUsers {@link dev.trunkline.events.privacy.TrunkUser}s one of which must authenticate by digest, sealed;
 *     empty for a trunk that is recognised by its addresses
 * @param invitesPerSecond how many new calls a second the edge accepts from it; empty for no limit
 * @param earlyCalls how many of its calls that are not answered yet an edge accepts at the same time; empty for no
 *     limit
 * @param trialCalls whether its calls may declare themselves {@link CallPurpose#TRIAL}; empty for no
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
        List<String> callerFrom,
        List<String> numbers,
        List<String> transports,
        Optional<String> sealedUsers,
        OptionalInt invitesPerSecond,
        OptionalInt earlyCalls,
        Optional<Boolean> trialCalls) {

    public Trunk {
        addresses = List.copyOf(addresses);
        country = country == null ? Optional.empty() : country;
        headersToRoom = orEmpty(headersToRoom);
        internationalPrefixes = orEmpty(internationalPrefixes);
        nationalPrefixes = orEmpty(nationalPrefixes);
        calledFrom = orEmpty(calledFrom);
        callerFrom = orEmpty(callerFrom);
        numbers = orEmpty(numbers);
        transports = orEmpty(transports);
        sealedUsers = sealedUsers == null ? Optional.empty() : sealedUsers;
        invitesPerSecond = invitesPerSecond == null ? OptionalInt.empty() : invitesPerSecond;
        earlyCalls = earlyCalls == null ? OptionalInt.empty() : earlyCalls;
        trialCalls = trialCalls == null ? Optional.empty() : trialCalls;
    }

    /** A trunk all of whose calls are by people who want to talk. */
    public Trunk(
            String id,
            String name,
            List<String> addresses,
            Optional<String> country,
            List<String> headersToRoom,
            List<String> internationalPrefixes,
            List<String> nationalPrefixes,
            List<String> calledFrom,
            List<String> callerFrom,
            List<String> numbers,
            List<String> transports,
            Optional<String> sealedUsers,
            OptionalInt invitesPerSecond,
            OptionalInt earlyCalls) {
        this(id, name, addresses, country, headersToRoom, internationalPrefixes, nationalPrefixes, calledFrom,
                callerFrom, numbers, transports, sealedUsers, invitesPerSecond, earlyCalls, Optional.empty());
    }

    /** A trunk that is recognised by its addresses and has no quota. */
    public Trunk(
            String id,
            String name,
            List<String> addresses,
            Optional<String> country,
            List<String> headersToRoom,
            List<String> internationalPrefixes,
            List<String> nationalPrefixes,
            List<String> calledFrom,
            List<String> callerFrom) {
        this(id, name, addresses, country, headersToRoom, internationalPrefixes, nationalPrefixes, calledFrom,
                callerFrom, List.of(), List.of(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** The same trunk, which writes numbers as its country does, in the usual places. */
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
