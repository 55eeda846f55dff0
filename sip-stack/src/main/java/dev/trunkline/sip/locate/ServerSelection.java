package dev.trunkline.sip.locate;

import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Selects the places that a request may go to, in the order to try them (RFC 3263 section 4). It has no network access: DNS is
 * passed in. However many records DNS has, the limits here apply to queries and results.
 */
final class ServerSelection {
    /** Maximum places for one request. */
    static final int CANDIDATES = 16;
    /** Maximum queries for one request. */
    static final int QUESTIONS = 24;

    /** Transports that our client uses, the usual one of trunks first. */
    private static final List<SipTransportKind> PREFERRED =
            List.of(SipTransportKind.UDP, SipTransportKind.TCP, SipTransportKind.TLS);

    private final Target target;
    private final Set<SipTransportKind> spoken;
    private final Dns dns;
    private final RandomGenerator random;
    private final BooleanSupplier wanted;
    private final List<Candidate> found = new ArrayList<>();
    private int questions;

    private ServerSelection(
            Target target, Set<SipTransportKind> spoken, Dns dns, RandomGenerator random, BooleanSupplier wanted) {
        this.target = target;
        this.spoken = spoken;
        this.dns = dns;
        this.random = random;
        this.wanted = wanted;
    }

    /**
     * @param spoken the transports that have a listener
     * @param wanted returns false when the result is no longer awaited; no more queries are sent then
     * @return empty if the name has no address, or none of the transports fits
     */
    static List<Candidate> of(
            Target target, Set<SipTransportKind> spoken, Dns dns, RandomGenerator random, BooleanSupplier wanted) {
        var selection = new ServerSelection(target, spoken, dns, random, wanted);
        selection.select();
        return List.copyOf(selection.found);
    }

    /** Returns the places if the host is an address, which needs no query. Empty if it is a name. */
    static Optional<List<Candidate>> ofAddress(Target target, Set<SipTransportKind> spoken) {
        return Hosts.literal(target.host()).map(address -> {
            var selection = new ServerSelection(target, spoken, new NoDns(), NO_CHANCE, () -> false);
            selection.add(address, target.port(), selection.transport());
            return List.copyOf(selection.found);
        });
    }

    private void select() {
        Optional<InetAddress> literal = Hosts.literal(target.host());
        if (literal.isPresent()) {
            add(literal.get(), target.port(), transport());
        } else if (!Hosts.isName(target.host())) {
            return;
        } else if (target.port().isPresent()) {
            addresses(target.host(), target.port(), transport());
        } else if (target.transport().isPresent()) {
            services(transport());
        } else {
            chosenByDns();
        }
    }

    /** Applies the last rule of section 4.1: the URI has neither a transport, nor a port, nor a literal address. */
    private void chosenByDns() {
        List<Dns.Naptr> usable = asked() ? dns.naptr(target.host()).stream()
                .filter(record -> record.flags().equalsIgnoreCase("s"))
                .filter(record -> transport(record.service()).filter(this::fits).isPresent())
                .sorted(Comparator.comparingInt(Dns.Naptr::order).thenComparingInt(Dns.Naptr::preference))
                .toList() : List.of();
        for (Dns.Naptr record : usable) {
            service(record.replacement(), transport(record.service()).orElseThrow());
        }
        if (!usable.isEmpty()) {
            return;
        }
        boolean any = false;
        for (SipTransportKind transport : PREFERRED) {
            any |= fits(transport) && service(serviceName(transport), transport);
        }
        if (!any) {
            addresses(target.host(), OptionalInt.empty(), transport());
        }
    }

    /** Applies section 4.2: the transport is known, the port is not. */
    private void services(SipTransportKind transport) {
        if (!service(serviceName(transport), transport)) {
            addresses(target.host(), OptionalInt.empty(), transport);
        }
    }

    /** @return whether there are records, even if one says that the service is not available */
    private boolean service(String name, SipTransportKind transport) {
        List<Dns.Srv> records = Hosts.isName(name) && asked() ? dns.srv(name) : List.of();
        for (Dns.Srv record : SrvOrder.of(records, random)) {
            if (Hosts.isName(record.target())) {
                addresses(record.target(), OptionalInt.of(record.port()), transport);
            }
        }
        return !records.isEmpty();
    }

    private void addresses(String host, OptionalInt port, SipTransportKind transport) {
        if (found.size() < CANDIDATES && asked()) {
            dns.addresses(host).forEach(address -> add(address, port, transport));
        }
    }

    private void add(InetAddress address, OptionalInt port, SipTransportKind transport) {
        int number = port.orElse(transport.defaultPort());
        boolean reachable = !address.isAnyLocalAddress() && !address.isMulticastAddress();
        if (found.size() < CANDIDATES && spoken.contains(transport) && reachable && number > 0 && number < 65_536) {
            Optional<String> name = transport == SipTransportKind.TLS ? Optional.of(target.host()) : Optional.empty();
            found.add(new Candidate(address, number, transport, name));
        }
    }

    private boolean asked() {
        return ++questions <= QUESTIONS && wanted.getAsBoolean();
    }

    /**
     * Returns the transport of the URI, otherwise the default of section 4.1: UDP, or TLS for sips; or one that has a listener
     * if UDP has none.
     */
    private SipTransportKind transport() {
        if (target.secure()) {
            return SipTransportKind.TLS;
        }
        return target.transport().orElseGet(() ->
                PREFERRED.stream().filter(spoken::contains).findFirst().orElse(SipTransportKind.UDP));
    }

    private boolean fits(SipTransportKind transport) {
        return spoken.contains(transport) && (!target.secure() || transport == SipTransportKind.TLS);
    }

    private String serviceName(SipTransportKind transport) {
        return switch (transport) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
        } + target.host();
    }

    private static Optional<SipTransportKind> transport(String service) {
        return switch (service.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> Optional.of(SipTransportKind.UDP);
            case "SIP+D2T" -> Optional.of(SipTransportKind.TCP);
            case "SIPS+D2T" -> Optional.of(SipTransportKind.TLS);
            default -> Optional.empty();
        };
    }

    /** An address needs no randomness. */
    private static final RandomGenerator NO_CHANCE = () -> 0;

    private record NoDns() implements Dns {
        @Override
        public List<Naptr> naptr(String domain) {
            return List.of();
        }

        @Override
        public List<Srv> srv(String name) {
            return List.of();
        }

        @Override
        public List<InetAddress> addresses(String host) {
            return List.of();
        }
    }
}
