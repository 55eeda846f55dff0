package dev.trunkline.relay.bridge;

import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.OwnAddresses;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/** The agreement with a phone that offers one codec, telephone-event as 101 and comfort noise. */
final class TestMedia {
    private static final OwnAddresses OWN =
            OwnAddresses.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    private TestMedia() {}

    static PhoneMedia of(PhoneCodec codec, int payloadType, int ptime, InetSocketAddress phone, MediaDirection ours) {
        String offer = String.join("\r\n",
                "v=0", "c=IN IP4 " + phone.getAddress().getHostAddress(),
                "m=audio " + phone.getPort() + " RTP/AVP " + payloadType + " 101 13",
                "a=rtpmap:" + payloadType + " " + codec.rtpmap(), "a=rtpmap:101 telephone-event/8000",
                "a=ptime:" + ptime, "a=" + ours.answer().name().toLowerCase(Locale.ROOT), "");
        return ((Negotiation.Accepted) new OfferJudge(EnumSet.allOf(PhoneCodec.class), OWN, false).judge(offer)).media();
    }

    /** Returns the same agreement for a phone that wants its audio sent to another address. */
    static PhoneMedia at(PhoneMedia media, InetSocketAddress phone) {
        return new PhoneMedia(
                media.codec(), media.payloadType(), media.opus(), media.keys(), media.comfortNoise(), media.ptime(),
                media.crypto(), Optional.of(phone.getAddress()), phone.getPort(), phone.getPort() + 1, media.direction());
    }

    /** Returns the same agreement without telephone-event. */
    static PhoneMedia withoutKeys(PhoneMedia media) {
        return new PhoneMedia(
                media.codec(), media.payloadType(), media.opus(), Optional.empty(), media.comfortNoise(), media.ptime(),
                media.crypto(), media.address(), media.port(), media.rtcpPort(), media.direction());
    }
}
