package dev.trunkline.phone;

import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sdp.SessionDescription;
import dev.trunkline.phone.sip.SipUri;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A call's offers and answers (RFC 3264), and the resulting state of its RTP. Runs on the SIP thread. */
final class CallSession {

    private final CallRequest request;
    private final RtpSession rtp;
    private Direction direction = Direction.SENDRECV;
    private long version;

    CallSession(CallRequest request, RtpSession rtp) {
        this.request = request;
        this.rtp = rtp;
    }

    /** Returns the body of the INVITE. */
    String initialOffer() {
        return switch (request.offer()) {
            case CallRequest.Offer.Ours() -> offer(Direction.SENDRECV);
            case CallRequest.Offer.Text(String sdp) -> offer(sdp);
            case CallRequest.Offer.Delayed() -> "";
        };
    }

    String offer(Direction wanted) {
        direction = wanted;
        return SessionDescription.write(rtp.local(), ++version, request.codecs(), Codec.TELEPHONE_EVENT.payloadType(), wanted);
    }

    /** Makes the user's own offer, and takes the direction from it. */
    String offer(String sdp) {
        String filled = fill(sdp);
        SessionDescription.parse(filled).ifPresent(own -> direction = own.direction());
        return filled;
    }

    /** Takes the far end's answer to our offer. */
    void answered(String sdp) {
        SessionDescription.parse(sdp).ifPresent(this::apply);
    }

    /** Returns our answer to the far end's offer; empty if no codec fits. */
    Optional<String> answer(String sdp) {
        return SessionDescription.parse(sdp).flatMap(theirs -> theirs.codec().filter(request.codecs()::contains).map(codec -> {
            direction = theirs.direction().answer();
            apply(theirs);
            boolean events = theirs.telephoneEvent().isPresent() && request.codecs().contains(Codec.TELEPHONE_EVENT);
            List<Codec> chosen = events ? List.of(codec, Codec.TELEPHONE_EVENT) : List.of(codec);
            return SessionDescription.write(rtp.local(), ++version, chosen, theirs.telephoneEvent().orElse(Codec.TELEPHONE_EVENT.payloadType()), direction);
        }));
    }

    private void apply(SessionDescription theirs) {
        InetSocketAddress media = theirs.media();
        boolean reachable = media.getPort() != 0 && !media.getAddress().isAnyLocalAddress();
        // The far end hears us if it receives: sendrecv or recvonly.
        boolean sending = reachable && direction.sends() && theirs.direction().answer().sends();
        Codec codec = theirs.codec().orElse(Codec.PCMU);
        rtp.talkTo(media, codec, request.codecs().contains(Codec.TELEPHONE_EVENT) ? theirs.telephoneEvent() : OptionalInt.empty(), sending);
    }

    private String fill(String sdp) {
        String hostPort = SipUri.hostPort(rtp.local());
        return sdp.replace("{address}", hostPort.substring(0, hostPort.lastIndexOf(':')).replaceAll("[\\[\\]]", ""))
                .replace("{port}", Integer.toString(rtp.local().getPort()));
    }
}
