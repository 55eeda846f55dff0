package dev.trunkline.edge.outbound;

import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.Optional;

/**
 * The caller's identity in the form that a trunk wants.
 *
 * @param fromUser user part of From
 * @param headers those that contain the number, if that is not From
 */
record CallerId(String fromUser, List<SipHeader> headers) {
    /** RFC 3323 section 4.1.1.3. */
    private static final String NOBODY = "anonymous";

    /**
     * @param shown the number, as a URI has it; empty if none is shown
     * @param account user name of the account
     * @param domain host of From
     */
    static CallerId of(CallerIdPolicy policy, String shown, Optional<String> account, String domain) {
        Optional<String> number = Optional.of(shown).filter(known -> !known.isEmpty());
        Optional<String> named = policy.fromUser().map(KnownOutbound::escaped).or(() -> account);
        if (policy.place() == CallerIdPlace.FROM) {
            return new CallerId(number.or(() -> named).orElse(NOBODY), List.of());
        }
        return new CallerId(
                named.or(() -> number).orElse(NOBODY),
                number.map(known -> header(policy.place(), "<sip:" + known + "@" + domain + ">")).stream().toList());
    }

    private static SipHeader header(CallerIdPlace place, String address) {
        return switch (place) {
            case FROM -> throw new IllegalArgumentException("From is no header of its own");
            case P_ASSERTED_IDENTITY -> new SipHeader("P-Asserted-Identity", address);
            case P_PREFERRED_IDENTITY -> new SipHeader("P-Preferred-Identity", address);
            case REMOTE_PARTY_ID -> new SipHeader("Remote-Party-ID", address + ";party=calling;screen=yes;privacy=off");
            case DIVERSION -> new SipHeader("Diversion", address + ";reason=unconditional");
        };
    }

    /** Hides the caller. */
    @Override
    public String toString() {
        return "CallerId[…]";
    }
}
