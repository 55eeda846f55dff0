package dev.trunkline.relay.calls;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.relay.sdp.CryptoLine;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.relay.sdp.SdpWriter;
import java.util.List;
import java.util.Optional;

/**
 * What may be agreed on with the phone of one call. An inbound call goes by the caller's offer; a party that the suite calls is
 * offered what the outbound trunk says. Pure.
 *
 * <pre>
 *   SRTP of the trunk   our offer                        an answer without a key
 *   off                 RTP/AVP                          is as it must be: one with a key is refused
 *   offer               RTP/AVP with a key               RTP
 *   require             RTP/SAVP with a key              refused
 * </pre>
 *
 * @param judge the codecs that may be accepted, the preferred first
 * @param srtp empty for an inbound call
 */
record MediaTerms(OfferJudge judge, Optional<SrtpUse> srtp) {
    /** @return empty if the trunk's codecs have none in common with those of the suite */
    static Optional<MediaTerms> of(CallRouted route, OfferJudge suite) {
        List<String> codecs = route.outgoing().map(OutgoingLeg::codecs).orElse(List.of());
        return suite.of(codecs).map(judge -> new MediaTerms(judge, route.outgoing().map(OutgoingLeg::srtp)));
    }

    /** Returns what is known about a phone that has not responded yet. */
    PhoneMedia unanswered() {
        return PhoneMedia.unanswered(judge.allowed().getFirst());
    }

    /** Returns whether our first offer has a key. */
    boolean offersKey() {
        return srtp.filter(use -> use != SrtpUse.OFF).isPresent();
    }

    /** Returns whether a key is mandatory. */
    boolean requiresKey() {
        return srtp.equals(Optional.of(SrtpUse.REQUIRE));
    }

    /** @return why the other side's description cannot be accepted, for a log line; empty if it can */
    Optional<String> objection(PhoneMedia described) {
        return requiresKey() && described.crypto().isEmpty()
                ? Optional.of("The trunk requires SRTP, but the other side has no a=crypto in its description.")
                : Optional.empty();
    }

    /**
     * A side that answers with a key takes one that was offered (RFC 4568 section 5.1.2).
     *
     * @return why it is no answer to the key that was offered; empty if it is one, or there is no key
     */
    static Optional<String> objectionToKey(Optional<CryptoLine> answered, Optional<SdpWriter.OwnKey> offered) {
        if (answered.isEmpty()) {
            return Optional.empty();
        }
        if (offered.isEmpty()) {
            return Optional.of("The answer has an SRTP key, but none was offered.");
        }
        return answered.get().suite() == offered.get().suite()
                ? Optional.empty()
                : Optional.of("The answer has a key for a different SRTP suite from the one offered.");
    }
}
