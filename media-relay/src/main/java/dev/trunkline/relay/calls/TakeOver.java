package dev.trunkline.relay.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.relay.sdp.SdpOrigin;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known about an answered call whose relay is lost, and which this one takes over. Pure.
 *
 * @param revision of the offer that is requested from us
 * @param participantSid of the caller in the room, whose place is to be taken; empty if it is not known
 * @param attended whoever answered the caller in the room, and may have left while no relay was there to see it
 * @param spoken what the lost relay and the phone had agreed on; empty if its description does not say
 * @param origin of that description
 */
record TakeOver(
        int revision,
        Instant answeredAt,
        String participantSid,
        boolean announced,
        Optional<MediaLost.Attendance> attended,
        Optional<PhoneMedia> spoken,
        Optional<SdpOrigin> origin) {

    static TakeOver of(MediaLost lost, OfferJudge suite) {
        // The lost relay's answer has the codec, the payload types and the kind of keys that both sides agreed on.
        Optional<PhoneMedia> spoken = suite.judge(lost.description()) instanceof Negotiation.Accepted accepted
                ? Optional.of(accepted.media())
                : Optional.empty();
        return new TakeOver(
                lost.revision(), lost.answeredAt(), lost.participantSid(), lost.announced(), lost.attended(), spoken,
                SdpOrigin.of(lost.description()));
    }

    /** Keeps SRTP as SRTP and RTP as RTP, and prefers the codec in use. @param usual terms of a call of that route */
    MediaTerms terms(MediaTerms usual) {
        if (spoken.isEmpty()) {
            return usual;
        }
        var names = Stream.concat(Stream.of(spoken.get().codec()), usual.judge().allowed().stream())
                .distinct().map(PhoneCodec::encodingName).toList();
        return new MediaTerms(
                usual.judge().of(names).orElse(usual.judge()),
                Optional.of(spoken.get().crypto().isPresent() ? SrtpUse.REQUIRE : SrtpUse.OFF));
    }

    /** Returns the admission for a relay that is to make the offer; the initial announcement is not repeated. */
    CallAdmitted continued(CallAdmitted admitted) {
        CallRouted.Builder route = admitted.route().toBuilder().invite(admitted.route().invite().withSdpOffer(""));
        return new CallAdmitted(
                admitted.callId(), (announced ? route.announcement(Optional.empty()) : route).build(), admitted.counts(),
                admitted.leaseSeconds());
    }
}
