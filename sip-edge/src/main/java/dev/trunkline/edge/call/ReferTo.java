package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipHeaders;
import dev.trunkline.sip.message.SipUri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The target that a phone wants called in its place (RFC 3515 section 2.1, RFC 3892, RFC 3891). */
public sealed interface ReferTo {
    int LONGEST = 1_500;
    int MOST_HEADERS = 8;

    /**
     * @param uri without headers
     * @param replaces the value of Replaces that the call is to have; empty for an ordinary new call
     * @param referredBy the value of Referred-By; empty if there is none
     */
    record Target(String uri, Optional<String> replaces, Optional<String> referredBy) implements ReferTo {
        /**
         * Returns the target for the router: the user part alone if the URI names us or the phone's own side, whose
         * numbers it means; else the URI.
         */
        String dialled(Dialog dialog) {
            if (uri.regionMatches(true, 0, "tel:", 0, 4)) {
                return uri;
            }
            String whole = decoded(SipUri.user(uri));
            String user = whole.substring(0, whole.indexOf(';') < 0 ? whole.length() : whole.indexOf(';'));
            String host = SipUri.parse(uri).host().toLowerCase(Locale.ROOT);
            boolean known = Stream.of(
                            SipUri.parse(dialog.localUri()).host(), SipUri.parse(dialog.remoteUri()).host(),
                            SipUri.parse(dialog.remoteTarget()).host(), dialog.sourceAddress())
                    .anyMatch(host::equalsIgnoreCase);
            return known ? user : "sip:" + user + "@" + (host.contains(":") ? "[" + host + "]" : host);
        }

        /** Hides the target. */
        @Override
        public String toString() {
            return "Target[…]";
        }
    }

    /** @param why for the Reason of the 400 */
    record Malformed(String why) implements ReferTo {}

    static ReferTo of(SipHeaders headers) {
        List<String> values = headers.values("Refer-To");
        if (values.size() != 1 || values.getFirst().length() > LONGEST || !Texts.isPrintable(values.getFirst())) {
            return new Malformed("exactly one Refer-To is required");
        }
        Optional<NameAddr> address = NameAddr.parse(values.getFirst());
        if (address.isEmpty()) {
            return new Malformed("Refer-To is not an address");
        }
        String whole = address.get().uri();
        int question = whole.indexOf('?');
        String uri = question < 0 ? whole : whole.substring(0, question);
        if (!Replies.isTarget(uri) || SipUri.user(uri).isEmpty()) {
            return new Malformed("Refer-To has no target to call");
        }
        boolean invites = SipUri.parse(uri).parameter("method").filter(method -> !method.equals("invite")).isEmpty();
        if (!invites) {
            return new Malformed("Refer-To asks for something other than a call");
        }
        Optional<String> replaces = question < 0 ? Optional.empty() : header(whole.substring(question + 1), "replaces");
        return replaces.filter(value -> Replaces.parse(value).isEmpty()).isPresent()
                ? new Malformed("Replaces in Refer-To cannot be read")
                : new Target(uri, replaces, headers.first("Referred-By").filter(Texts::isPrintable).filter(by -> by.length() <= LONGEST));
    }

    private static Optional<String> header(String headers, String wanted) {
        return Texts.pieces(headers, "&", MOST_HEADERS).stream()
                .filter(piece -> piece.regionMatches(true, 0, wanted + "=", 0, wanted.length() + 1))
                .map(piece -> decoded(piece.substring(wanted.length() + 1)))
                .findFirst();
    }

    /** Decodes escapes of RFC 3261 section 19.1.2; anything else stays. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(at + 2), 16) : -1;
            if (text.charAt(at) == '%' && low >= 0) {
                decoded.append((char) (high * 16 + low));
                at += 2;
            } else {
                decoded.append(text.charAt(at));
            }
        }
        return decoded.toString();
    }
}
