package dev.trunkline.edge.dialog;

import dev.trunkline.edge.sip.OutgoingRequest;
import dev.trunkline.edge.sip.OutgoingRequest.Hop;
import dev.trunkline.edge.sip.SipHeader;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of a dialog (RFC 3261 section 12) that a caller began; a plain record that travels sealed in
 * {@link dev.trunkline.events.CallAnswered}, so that it outlives the process.
 *
 * @param remoteTarget the other side's Contact URI
 * @param routeSet Route values, in order; without Record-Route it is empty
 * @param localCseq of our last request in it, 0 before the first
 * @param remoteCseq of the other side's last request in it
 * @param sourceAddress where its INVITE really came from
 */
public record Dialog(
        String sipCallId,
        String localTag,
        String remoteTag,
        String localUri,
        String remoteUri,
        String remoteTarget,
        List<String> routeSet,
        long localCseq,
        long remoteCseq,
        SipTransportKind transport,
        String sourceAddress,
        int sourcePort) {

    public Dialog {
        routeSet = List.copyOf(routeSet);
    }

    /** As the one who answers an INVITE (RFC 3261 section 12.1.1). */
    public static Dialog answering(SipRequest invite, String localTag) {
        return new Dialog(
                invite.callId(),
                localTag,
                invite.from().tag().orElse(""),
                invite.to().uri(),
                invite.from().uri(),
                // An INVITE must have a Contact; where it has none the From URI is the best guess.
                invite.contact().orElse(invite.from().uri()),
                invite.recordRoutes(),
                0,
                invite.cseq(),
                invite.source().transport(),
                invite.source().address().getHostAddress(),
                invite.source().port());
    }

    public DialogKey key() {
        return new DialogKey(sipCallId, localTag, remoteTag);
    }

    /** After a request of the other side; a target refresh (re-INVITE, UPDATE) brings its Contact along. */
    public Dialog received(long cseq, Optional<String> contact) {
        return new Dialog(sipCallId, localTag, remoteTag, localUri, remoteUri, contact.orElse(remoteTarget), routeSet,
                localCseq, cseq, transport, sourceAddress, sourcePort);
    }

    /** After a request of ours. */
    public Dialog sent() {
        return new Dialog(sipCallId, localTag, remoteTag, localUri, remoteUri, remoteTarget, routeSet, localCseq + 1,
                remoteCseq, transport, sourceAddress, sourcePort);
    }

    /** Our next request in it, routed by RFC 3261 section 12.2.1.1. */
    public OutgoingRequest request(String method, List<SipHeader> headers) {
        var routes = new ArrayList<>(routeSet);
        String requestUri = remoteTarget;
        if (!routes.isEmpty() && !SipUri.parse(routes.getFirst()).loose()) {
            // A strict router wants to be in the Request-URI, and the target last in the route.
            requestUri = SipUri.bare(routes.removeFirst());
            routes.add("<" + remoteTarget + ">");
        }
        Optional<Hop> hop = routeSet.isEmpty() ? NextHop.of(this) : Optional.empty();
        return new OutgoingRequest(method, requestUri, routes, sipCallId, localUri, localTag, remoteUri, remoteTag,
                localCseq + 1, headers, transport, hop);
    }

    /** Says nothing: a dialog holds the caller's number and must not leak into a log line. */
    @Override
    public String toString() {
        return "Dialog[…]";
    }
}
