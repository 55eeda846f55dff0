package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.Ha1;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads LiveKit's SIPInboundTrunkInfo into a trunk of a directory file. */
final class InboundTrunkReader {
    private static final List<String> INCLUDE_HEADERS = List.of("SIP_NO_HEADERS", "SIP_X_HEADERS", "SIP_ALL_HEADERS");

    private InboundTrunkReader() {}

    /** @param name the trunk's name here */
    static void read(Message trunk, String name, ObjectNode onto) {
        onto.put("name", name);
        List<String> addresses = trunk.texts("allowed_addresses");
        texts("addresses", addresses.stream().map(InboundTrunkReader::address).toList(), onto);
        texts("headers_to_room", headers(trunk), onto);
        texts("numbers", trunk.texts("numbers"), onto);
        texts("allowed_numbers", trunk.texts("allowed_numbers"), onto);
        texts("codecs", MediaSettings.ofTrunk(trunk), onto);
        credentials(trunk, onto);
        PartingHeaders.read(trunk, onto);
        notCarried(trunk);
        trunk.passOver("sip_trunk_id", "created_at", "updated_at", "name");
        trunk.nothingElse();
        if (addresses.isEmpty() && !onto.has("users")) {
            trunk.warn("allowed_addresses", "there is none, and the edge knows a trunk by where its packets come from: it brings no"
                    + " calls until you write its addresses");
        }
    }

    /** LiveKit writes IPv6 addresses in brackets. */
    private static String address(String written) {
        return written.replaceFirst("^\\[([0-9A-Fa-f:.]+)]", "$1");
    }

    private static List<String> headers(Message trunk) {
        Map<String, String> attributes = trunk.pairs("headers_to_attributes");
        String renamed = attributes.entrySet().stream()
                .filter(pair -> !pair.getValue().equals(attribute(pair.getKey())))
                .map(pair -> "%s as %s and not as %s".formatted(pair.getKey(), attribute(pair.getKey()), pair.getValue()))
                .collect(Collectors.joining(", "));
        if (!renamed.isEmpty()) {
            trunk.warn("headers_to_attributes", "the headers come to the room by their own names: " + renamed);
        }
        // X- headers reach the room whatever a trunk says.
        boolean every = trunk.constant("include_headers", INCLUDE_HEADERS) == INCLUDE_HEADERS.indexOf("SIP_ALL_HEADERS");
        return Stream.concat(attributes.keySet().stream(), every ? Stream.of("*") : Stream.empty()).toList();
    }

    private static String attribute(String header) {
        return "sip.h." + header.toLowerCase(Locale.ROOT);
    }

    private static void credentials(Message trunk, ObjectNode onto) {
        String username = trunk.text("auth_username");
        String password = trunk.text("auth_password");
        String realm = trunk.text("auth_realm");
        if (username.isEmpty() != password.isEmpty()) {
            trunk.fault(username.isEmpty() ? "auth_username" : "auth_password",
                    "is missing: write auth_username and auth_password, or neither");
        } else if (!username.isEmpty()) {
            String of = realm.isEmpty() ? Ha1.DEFAULT_REALM : realm;
            onto.putArray("users").addObject()
                    .put("username", username)
                    .put("realm", of)
                    .put("ha1_md5", Ha1.of("MD5", username, of, password))
                    .put("ha1_sha256", Ha1.of("SHA-256", username, of, password));
        } else if (!realm.isEmpty()) {
            trunk.warn("auth_realm", "has no meaning without auth_username and auth_password");
        }
    }

    private static void notCarried(Message trunk) {
        trunk.notCarried("metadata", "a trunk has none here: write it into the metadata of its rules");
        trunk.notCarried("headers", "headers of our own in the 200 are not offered");
        trunk.notCarried("ringing_timeout", "how long a caller waits for an agent is patience_seconds of a rule here, 30 if not given");
        trunk.notCarried("max_call_duration", "calls have no longest duration here");
        trunk.notCarried("krisp_enabled", "voice isolation is not offered here: let the agent do it, for example by its noise cancellation option");
    }

    private static void texts(String field, List<String> texts, ObjectNode onto) {
        if (!texts.isEmpty()) {
            ArrayNode list = onto.putArray(field);
            texts.forEach(list::add);
        }
    }
}
