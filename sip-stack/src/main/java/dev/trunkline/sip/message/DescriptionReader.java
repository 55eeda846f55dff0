package dev.trunkline.sip.message;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the {@link Description} in a body. */
final class DescriptionReader {
    private static final String TYPE = "application/sdp";
    /** RFC 3261 section 20.11: an SDP with another disposition, such as early-session (RFC 3959), does not describe the session. */
    private static final Set<String> SESSION = Set.of("", "session");
    /** Header fields that refer to parts: RFC 6442, RFC 7852, RFC 3261 section 20.4. */
    private static final List<String> REFERRING = List.of("Geolocation", "Call-Info", "Alert-Info");
    /** RFC 5621 section 5. */
    private static final String BY_REFERENCE = "by-reference";
    private static final String CID = "cid:";

    private DescriptionReader() {}

    static Description of(SipMessage message) {
        if (!message.hasBody()) {
            return new Description.None();
        }
        String type = message.contentType();
        MediaType disposition = MediaType.of(message.headers().first("Content-Disposition").orElse(""));
        boolean optional = Multipart.isOptional(disposition);
        if (type.equals(TYPE)) {
            return new Description.Sdp(message.body());
        }
        if (!type.startsWith("multipart/")) {
            return optional ? new Description.None() : new Description.NotUnderstood(type, Optional.empty());
        }
        List<Multipart.Part> parts = message.parts();
        if (parts.isEmpty()) {
            return optional ? new Description.None() : new Description.Damaged();
        }
        return read(parts, referred(message.headers()), optional);
    }

    private static Description read(List<Multipart.Part> parts, Set<String> referred, boolean allOptional) {
        Optional<String> sdp = Optional.empty();
        int sdpFrom = 0;
        var understood = new HashSet<Integer>();
        for (Multipart.Part part : parts) {
            if (isSdp(part)) {
                understood.add(part.alternative());
                // Takes the first; within an alternative the last, which is the best (RFC 2046 section 5.1.4).
                if (sdp.isEmpty() || part.alternative() > 0 && part.alternative() == sdpFrom) {
                    sdp = Optional.of(part.text());
                    sdpFrom = part.alternative();
                }
            }
        }
        for (Multipart.Part part : parts) {
            boolean beside = part.alternative() > 0 && understood.contains(part.alternative());
            if (!allOptional && part.required() && !isSdp(part) && !beside && !passedOver(part, referred)) {
                return new Description.NotUnderstood(part.contentType(), sdp);
            }
        }
        return sdp.<Description>map(Description.Sdp::new).orElseGet(Description.None::new);
    }

    private static boolean isSdp(Multipart.Part part) {
        return part.contentType().equals(TYPE) && SESSION.contains(part.disposition()) && !part.encoded()
                && part.octets().length > 0;
    }

    private static boolean passedOver(Multipart.Part part, Set<String> referred) {
        return part.octets().length == 0 || part.disposition().equals(BY_REFERENCE)
                || !part.id().isEmpty() && referred.contains(part.id());
    }

    /** Returns the Content-IDs that header fields reference as {@code <cid:id>} (RFC 2392). */
    private static Set<String> referred(SipHeaders headers) {
        var referred = new HashSet<String>();
        for (String name : REFERRING) {
            for (String value : headers.list(name)) {
                NameAddr.read(value).map(NameAddr::uri)
                        .filter(uri -> uri.toLowerCase(Locale.ROOT).startsWith(CID))
                        .ifPresent(uri -> referred.add(uri.substring(CID.length())));
            }
        }
        return referred;
    }
}
