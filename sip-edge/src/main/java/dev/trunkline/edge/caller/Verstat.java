package dev.trunkline.edge.caller;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipRequest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trunk's result of verifying the caller's number by STIR/SHAKEN: the parameter {@code verstat} of the asserted
 * identity, else of From (3GPP TS 24.229 section 7.2A.20, ATIS-1000074), such as {@code TN-Validation-Passed}. It is the
 * trunk's word, as the whole INVITE is: nothing is verified here.
 */
public final class Verstat {
    /** Name of the header that carries it to the room; no trunk sends one of that name. */
    public static final String NAME = "verstat";

    private static final int LONGEST = 64;
    private static final int MOST_PARTS = 32;

    private Verstat() {}

    public static Optional<String> of(SipRequest invite) {
        Identities identities = Identities.of(invite);
        return Stream.concat(identities.asserted().stream(), Stream.of(identities.from()))
                .map(Verstat::in)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** In a tel: URI it is a parameter; in a SIP URI it stands in the user part as in a tel: URI, or after the host. */
    private static Optional<String> in(NameAddr identity) {
        return Texts.pieces(identity.uri(), ";?@>", MOST_PARTS).stream()
                .map(String::strip)
                .filter(part -> part.regionMatches(true, 0, NAME + "=", 0, NAME.length() + 1))
                .map(part -> part.substring(NAME.length() + 1).strip())
                .findFirst()
                .or(() -> identity.parameter(NAME).map(any -> identity.parameters().get(NAME)))
                .filter(value -> !value.isEmpty() && value.length() <= LONGEST && Texts.isOf(value, "-"));
    }
}
