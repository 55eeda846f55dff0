package dev.trunkline.edge.caller;

import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All parties that an INVITE names as its caller. Each header is believed because every packet that gets this far is
 * from an address of a trunk, which is in our trust domain (RFC 3325). From any other sender they would mean nothing.
 *
 * @param asserted P-Asserted-Identity
 * @param remote Remote-Party-ID, of the calling party only
 */
record Identities(List<NameAddr> asserted, List<NameAddr> remote, NameAddr from) {
    /** What gateways write in place of a number that they do not have. */
    private static final Set<String> NOBODY =
            Set.of("anonymous", "restricted", "withheld", "private", "unavailable", "unknown");
    private static final int MOST = 8;
    private static final int LONGEST_FIELD = 4_096;
    private static final String INVALID = ".invalid";

    static Identities of(SipRequest invite) {
        var from = new NameAddr(
                invite.from().displayName().map(NameAddr::unquoted).orElse(""), invite.from().uri(), Map.of());
        return new Identities(
                all(invite, "P-Asserted-Identity"),
                all(invite, "Remote-Party-ID").stream()
                        .filter(party -> party.parameter("party").orElse("calling").equals("calling"))
                        .toList(),
                from);
    }

    private static List<NameAddr> all(SipRequest invite, String header) {
        List<String> fields = invite.headers().values(header).stream()
                .filter(field -> field.length() <= LONGEST_FIELD)
                .limit(MOST)
                .toList();
        return NameAddr.all(fields).stream().limit(MOST).toList();
    }

    /** Returns the party that a source names; empty if it names nobody, or cannot be read. */
    Optional<NameAddr> in(CallerSource source) {
        return switch (source) {
            // One value may be a SIP URI and the other a tel: URI (RFC 3325 section 9.1): the latter is certainly a
            // number.
            case P_ASSERTED_IDENTITY ->
                asserted.stream().filter(NameAddr::isTel).filter(Identities::isSomebody).findFirst()
                        .or(() -> asserted.stream().filter(Identities::isSomebody).findFirst());
            case REMOTE_PARTY_ID -> remote.stream().filter(Identities::isSomebody).findFirst();
            case FROM -> Optional.of(from).filter(Identities::isSomebody);
        };
    }

    /** Returns every user part, whether it is used or not: these must not be shown for a hidden caller. */
    List<String> users() {
        var users = new ArrayList<String>();
        asserted.forEach(identity -> users.add(identity.user()));
        remote.forEach(identity -> users.add(identity.user()));
        users.add(from.user());
        return users;
    }

    static boolean isName(String displayName) {
        return !displayName.isBlank() && !NOBODY.contains(displayName.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isSomebody(NameAddr identity) {
        String user = identity.user();
        int parameters = user.indexOf(';');
        String bare = (parameters < 0 ? user : user.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        return !bare.isEmpty() && !NOBODY.contains(bare) && !hostOf(identity).endsWith(INVALID);
    }

    /** Empty for a {@code tel:} URI. */
    static String hostOf(NameAddr identity) {
        return identity.isTel() ? "" : SipUri.parse(identity.uri()).host().toLowerCase(Locale.ROOT);
    }

    /** Hides the person. */
    @Override
    public String toString() {
        return "Identities[…]";
    }
}
