package dev.trunkline.edge.outbound;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.privacy.TrunkAccount;
import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestAlgorithm;
import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.locate.Target;
import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.SipTransportKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An outbound trunk with its account unsealed.
 *
 * @param trunk without the seal of its account
 * @param account empty if it has none, or one whose seal does not open
 */
record KnownOutbound(OutboundTrunk trunk, Optional<TrunkAccount> account) {
    private static final String NOBODY = "trunkline";
    private static final String PLAIN = "-_.!~*'()&=+$,;?/";

    String id() {
        return trunk.id();
    }

    List<Gateway> gateways() {
        return trunk.gateways().stream().map(KnownOutbound::gateway).toList();
    }

    private static Gateway gateway(TrunkGateway gateway) {
        return new Gateway(gateway.host(), gateway.port(), gateway.transport().map(SipTransportKind::of), gateway.order(),
                gateway.weight());
    }

    /** Route values of requests to its gateways. */
    List<String> routes() {
        return trunk.proxy().map(proxy -> gateway(proxy).route()).stream().toList();
    }

    /** Places from which it may send to us: its gateways and its proxy. */
    Set<Target> places() {
        return Stream.concat(trunk.gateways().stream(), trunk.proxy().stream())
                .map(place -> Target.of(gateway(place).uri()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The account that answers the gateways' challenges; empty without an account, because then nothing can be answered. */
    Optional<Account> answering() {
        return account.filter(known -> known.password().isPresent() || known.realm().isPresent()).map(known -> {
            Map<DigestAlgorithm, String> digests = new EnumMap<>(DigestAlgorithm.class);
            known.ha1Md5().ifPresent(digest -> digests.put(DigestAlgorithm.MD5, digest));
            known.ha1Sha256().ifPresent(digest -> digests.put(DigestAlgorithm.SHA_256, digest));
            return new Account(known.username(), known.password(), digests, known.realm());
        });
    }

    /** The From of requests that are no call: the account, whose user name may contain its domain. */
    String from(Gateway gateway) {
        return "sip:" + user().orElse(NOBODY) + "@" + domain(gateway);
    }

    /** The account's user name without its domain, as a URI has it. */
    Optional<String> user() {
        return account.map(TrunkAccount::username)
                .map(name -> escaped(name.indexOf('@') < 0 ? name : name.substring(0, name.lastIndexOf('@'))));
    }

    /** Host of From. */
    String domain(Gateway gateway) {
        return trunk.callerId().fromDomain()
                .or(() -> account.map(TrunkAccount::username)
                        .filter(name -> name.indexOf('@') >= 0)
                        .map(name -> name.substring(name.lastIndexOf('@') + 1)))
                .orElseGet(() -> HostPort.bracketed(gateway.host()));
    }

    /** User part of our Contact at the registrar. */
    String contactUser() {
        return trunk.registration()
                .flatMap(registration -> registration.contactUser())
                .or(this::user)
                .orElse(NOBODY);
    }

    /** As a URI has it (RFC 3261 section 25.1: {@code user}). */
    static String escaped(String user) {
        var text = new StringBuilder(user.length());
        for (byte octet : user.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9'
                    || octet > 0 && PLAIN.indexOf(octet) >= 0;
            text.append(plain ? Character.toString(octet) : "%%%02X".formatted(octet & 0xFF));
        }
        return text.toString();
    }
}
