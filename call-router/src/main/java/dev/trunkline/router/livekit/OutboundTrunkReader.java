package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads LiveKit's SIPOutboundTrunkInfo into an outbound trunk of a directory file. */
final class OutboundTrunkReader {
    private static final List<String> TRANSPORTS =
            List.of("SIP_TRANSPORT_AUTO", "SIP_TRANSPORT_UDP", "SIP_TRANSPORT_TCP", "SIP_TRANSPORT_TLS");
    private static final List<String> INCLUDE_HEADERS = List.of("SIP_NO_HEADERS", "SIP_X_HEADERS", "SIP_ALL_HEADERS");
    /** A host, a port and, as LiveKit permits, the URI parameter that names the transport (RFC 3261 section 19.1.1). */
    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[^:;\\[\\]\\s]{1,253})(?::([0-9]{1,5}))?(?:;transport=(udp|tcp|tls))?");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    /** Stands for any number that the call shows. */
    private static final String ANY = "*";

    private OutboundTrunkReader() {}

    static void read(Message trunk, Optional<String> organisation, ObjectNode onto) {
        String name = trunk.text("name");
        if (name.isEmpty()) {
            trunk.fault("name", "is missing: write the trunk's name");
        }
        onto.put("name", name);
        organisation.ifPresent(owner -> onto.put("organisation", owner));
        gateway(trunk, onto);
        account(trunk, onto);
        callerId(trunk, onto);
        destinations(trunk, onto);
        List<String> codecs = MediaSettings.ofOutboundTrunk(trunk);
        if (!codecs.isEmpty()) {
            codecs.forEach(onto.putArray("codecs")::add);
        }
        onto.put("srtp", MediaSettings.srtp(trunk));
        PartingHeaders.read(trunk, onto);
        notCarried(trunk);
        trunk.passOver("sip_trunk_id", "created_at", "updated_at");
        trunk.nothingElse();
    }

    private static void gateway(Message trunk, ObjectNode onto) {
        String address = trunk.text("address");
        ObjectNode gateway = onto.putArray("gateways").addObject();
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            trunk.fault("address", "write a host or an address, with a port if it needs one, for example sip.carrier.example:5061");
            return;
        }
        gateway.put("host", parts.group(1));
        Optional.ofNullable(parts.group(2)).ifPresent(port -> gateway.put("port", Integer.parseInt(port)));
        int transport = trunk.constant("transport", TRANSPORTS);
        if (transport > 0) {
            gateway.put("transport", TRANSPORTS.get(transport).replaceFirst(".*_", "").toLowerCase(Locale.ROOT));
        } else {
            Optional.ofNullable(parts.group(3)).ifPresent(named -> gateway.put("transport", named));
        }
    }

    private static void account(Message trunk, ObjectNode onto) {
        String username = trunk.text("auth_username");
        String password = trunk.text("auth_password");
        if (username.isEmpty() != password.isEmpty()) {
            trunk.fault(username.isEmpty() ? "auth_username" : "auth_password",
                    "is missing: write auth_username and auth_password, or neither");
        } else if (!username.isEmpty()) {
            onto.putObject("account").put("username", username).put("password", password);
        }
    }

    private static void callerId(Message trunk, ObjectNode onto) {
        List<String> numbers = trunk.texts("numbers").stream().filter(number -> !number.equals(ANY)).toList();
        String host = trunk.text("from_host");
        if (numbers.size() > 1) {
            trunk.warn("numbers", "LiveKit shows one of them at random; here calls that do not say which show the first");
        }
        if (!numbers.isEmpty() || !host.isEmpty()) {
            ObjectNode callerId = onto.putObject("caller_id");
            numbers.stream().findFirst().ifPresent(number -> callerId.put("number", number));
            if (!host.isEmpty()) {
                callerId.put("from_domain", host.toLowerCase(Locale.ROOT));
            }
        }
    }

    /**
     * LiveKit's trunks call any destination, ours only permitted ones: the countries of the trunk's own numbers, and
     * the destination country that it names.
     */
    private static void destinations(Message trunk, ObjectNode onto) {
        Set<String> own = NumberCountries.of(trunk.texts("numbers"));
        if (own.size() == 1) {
            onto.putObject("dialling").put("country", own.iterator().next());
        }
        Set<String> countries = new TreeSet<>(own);
        String said = trunk.text("destination_country").toUpperCase(Locale.ROOT);
        if (COUNTRIES.contains(said)) {
            countries.add(said);
        } else if (!said.isEmpty()) {
            trunk.warn("destination_country", "is no country by its code of two letters, and is left out");
        }
        if (countries.isEmpty()) {
            trunk.warn("numbers", "name no country where calls may go: nobody is called by this trunk until its `allowed` says where");
        } else {
            countries.forEach(onto.putObject("allowed").putArray("countries")::add);
        }
    }

    private static void notCarried(Message trunk) {
        String calls = "goes with the calls that CreateSIPParticipant makes by the trunk, and not with others";
        trunk.notCarried("headers", calls);
        trunk.notCarried("headers_to_attributes", calls);
        if (trunk.constant("include_headers", INCLUDE_HEADERS) > 0) {
            trunk.warn("include_headers", calls);
        }
        trunk.notCarried("metadata", "a trunk has none here");
    }
}
