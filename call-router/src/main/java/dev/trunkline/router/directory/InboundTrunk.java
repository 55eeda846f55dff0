package dev.trunkline.router.directory;

import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.TrunkUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where calls come from.
 *
 * @param addresses networks from which it sends, in CIDR, and host names
 * @param country ISO 3166 region of its number plan; empty if numbers come in E.164
 * @param headersToRoom names of headers that become attributes of the room's participant
 * @param numbers the dialled numbers that it may bring; empty for any
 * @param allowedNumbers the callers that it may bring, each a number or a pattern with a trailing star; empty for any
 * @param internationalPrefixes as in {@link Trunk}
 * @param nationalPrefixes as in {@link Trunk}
 * @param calledFrom as in {@link Trunk}
 * @param callerFrom as in {@link Trunk}
 * @param transports {@code udp}, {@code tcp}, {@code tls}; empty for any
 * @param codecs names as in SDP (RFC 4566 rtpmap), in order of preference; empty for the suite's
 * @param users who may authenticate by digest; empty for a trunk that is recognised by its address
 * @param maxInvitesPerSecond how many new calls per second an edge accepts from it; empty for no limit
 * @param maxEarlyCalls how many of its concurrent unanswered calls an edge accepts; empty for no limit
 * @param mediaFrom where its media may come from, in addition to the address in its SDP
 * @param trialCalls whether its calls may declare that they are made to try the suite, and count nowhere
 * @param transferWay how its callers are transferred if neither the request nor their rule says; empty for
 *     {@link TransferWay#BRIDGE}
 * @param attributesToHeaders attributes of its callers' participants, each with the SIP header that carries it on a BYE
 *     and a REFER that the suite sends
 */
public record InboundTrunk(
        String id,
        String name,
        List<String> addresses,
        Optional<String> country,
        List<String> headersToRoom,
        List<String> numbers,
        List<String> allowedNumbers,
        List<String> internationalPrefixes,
        List<String> nationalPrefixes,
        List<String> calledFrom,
        List<String> callerFrom,
        List<String> transports,
        List<String> codecs,
        List<DigestUser> users,
        OptionalInt maxInvitesPerSecond,
        OptionalInt maxEarlyCalls,
        MediaFrom mediaFrom,
        boolean trialCalls,
        Optional<TransferWay> transferWay,
        Map<String, String> attributesToHeaders) {

    public InboundTrunk {
        addresses = List.copyOf(addresses);
        headersToRoom = List.copyOf(headersToRoom);
        numbers = List.copyOf(numbers);
        allowedNumbers = List.copyOf(allowedNumbers);
        internationalPrefixes = List.copyOf(internationalPrefixes);
        nationalPrefixes = List.copyOf(nationalPrefixes);
        calledFrom = List.copyOf(calledFrom);
        callerFrom = List.copyOf(callerFrom);
        transports = List.copyOf(transports);
        codecs = List.copyOf(codecs);
        users = List.copyOf(users);
        attributesToHeaders = Map.copyOf(attributesToHeaders);
    }

    /** Creates a trunk that writes numbers as its country does, in the usual places, and is recognised by its address. */
    public InboundTrunk(
            String id,
            String name,
            List<String> addresses,
            Optional<String> country,
            List<String> headersToRoom,
            List<String> numbers,
            List<String> allowedNumbers) {
        this(id, name, addresses, country, headersToRoom, numbers, allowedNumbers, List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), OptionalInt.empty(), OptionalInt.empty(),
                MediaFrom.SIGNALLING, false, Optional.empty(), Map.of());
    }

    public NumberPlan plan() {
        return new NumberPlan(country, internationalPrefixes, nationalPrefixes);
    }

    /**
     * Returns the part of the trunk that the edge needs. It includes the headers from which rules take room names,
     * because the rules would otherwise never see them.
     *
     * @param rules all rules of the directory, or those of the trunk
     * @param seals for the users' digests, which only the edges may read
     */
    public Trunk forEdge(Collection<DispatchRule> rules, SealedTrunkUsers seals) {
        Stream<String> ofRules = rules.stream()
                .filter(rule -> rule.takesCallsOf(id))
                .flatMap(rule -> rule.destination().headers())
                .filter(header -> headersToRoom.stream().noneMatch(header::equalsIgnoreCase));
        List<String> headers = Stream.concat(headersToRoom.stream(), ofRules).distinct().toList();
        List<TrunkUser> secrets = users.stream()
                .map(user -> new TrunkUser(user.username(), user.realm(), user.ha1Md5(), user.ha1Sha256()))
                .toList();
        return new Trunk(
                id, name, addresses, country, headers, internationalPrefixes, nationalPrefixes, calledFrom, callerFrom,
                numbers, transports, secrets.isEmpty() ? Optional.empty() : Optional.of(seals.seal(id, secrets)),
                maxInvitesPerSecond, maxEarlyCalls, trialCalls ? Optional.of(true) : Optional.empty());
    }

    public TrunkRef ref() {
        return new TrunkRef(id, name);
    }
}
