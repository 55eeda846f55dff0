package dev.trunkline.edge.dialog;

import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingRequest.Hop;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.message.SipUri;
import dev.trunkline.sip.net.SipTransportKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of a dialog (RFC 3261 section 12), whichever side began it; a plain record that travels sealed in
 * {@link dev.trunkline.events.CallAnswered}, and so survives the process.
 *
 * @param remoteTarget the other side's Contact URI
 * @param routeSet Route values, in order; without Record-Route it is empty
 * @param localCseq of our last request in it, 0 before the first
 * @param remoteCseq of the other side's last request in it, -1 before the first
 * @param sourceAddress where its INVITE really came from, or the 2xx to ours
 * @param timer its session timer (RFC 4028)
 * @param methods that the other side's Allow named; empty if there was none
 * @param trunk whose call it is; empty if an older edge sealed it
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
        int sourcePort,
        Optional<SessionTimer> timer,
        List<String> methods,
        Optional<String> trunk) {

    public Dialog {
        routeSet = List.copyOf(routeSet);
        // An older edge may have sealed it.
        timer = timer == null ? Optional.empty() : timer;
        methods = methods == null ? List.of() : List.copyOf(methods);
        trunk = trunk == null ? Optional.empty() : trunk;
    }

    /** A dialog of a call whose trunk is not known. */
    public Dialog(
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
            int sourcePort,
            Optional<SessionTimer> timer,
            List<String> methods) {
        this(sipCallId, localTag, remoteTag, localUri, remoteUri, remoteTarget, routeSet, localCseq, remoteCseq, transport,
                sourceAddress, sourcePort, timer, methods, Optional.empty());
    }

    /** Returns the same for a trunk's call. */
    public Dialog of(String trunkId) {
        return new Dialog(sipCallId, localTag, remoteTag, localUri, remoteUri, remoteTarget, routeSet, localCseq, remoteCseq,
                transport, sourceAddress, sourcePort, timer, methods, Optional.of(trunkId));
    }

    /** Creates the dialog of the side that answers an INVITE (RFC 3261 section 12.1.1). */
    public static Dialog answering(SipRequest invite, String localTag) {
        return new Dialog(
                invite.callId(),
                localTag,
                invite.from().tag().orElse(""),
                invite.to().uri(),
                invite.from().uri(),
                // An INVITE must have a Contact; if it has none, the From URI is the best guess.
                invite.contact().orElse(invite.from().uri()),
                invite.recordRoutes(),
                0,
                invite.cseq(),
                invite.source().transport(),
                invite.source().address().getHostAddress(),
                invite.source().port(),
                Optional.empty(),
                invite.headers().tokens("Allow").stream().map(method -> method.toUpperCase(Locale.ROOT)).toList());
    }

    /** Creates the dialog of the side that called (RFC 3261 section 12.1.2). @param answer a 2xx to the INVITE */
    public static Dialog calling(OutgoingRequest invite, SipResponse answer) {
        return new Dialog(
                invite.callId(),
                invite.fromTag(),
                answer.toTag(),
                invite.fromUri(),
                invite.toUri(),
                // A 2xx must have a Contact; if it has none, the Request-URI is the best guess.
                answer.contact().orElse(invite.requestUri()),
                answer.recordRoutes().reversed(),
                answer.cseq(),
                -1,
                answer.source().transport(),
                answer.source().address().getHostAddress(),
                answer.source().port(),
                Optional.empty(),
                answer.headers().tokens("Allow").stream().map(method -> method.toUpperCase(Locale.ROOT)).toList());
    }

    public DialogKey key() {
        return new DialogKey(sipCallId, localTag, remoteTag);
    }

    /** Returns the dialog after a request of the other side; a target refresh (re-INVITE, UPDATE) brings its Contact. */
    public Dialog received(long cseq, Optional<String> contact) {
        return at(contact.orElse(remoteTarget), localCseq, cseq, timer, methods);
    }

    /** Returns the dialog after a request of ours. */
    public Dialog sent() {
        return at(remoteTarget, localCseq + 1, remoteCseq, timer, methods);
    }

    /** Returns the dialog after a request of ours that was repeated with credentials. @param cseq of the last repetition */
    public Dialog reached(long cseq) {
        return at(remoteTarget, Math.max(localCseq, cseq), remoteCseq, timer, methods);
    }

    /** Returns the dialog after a 2xx to a target refresh of ours. */
    public Dialog answered(Optional<String> contact) {
        return at(contact.orElse(remoteTarget), localCseq, remoteCseq, timer, methods);
    }

    public Dialog with(Optional<SessionTimer> agreed) {
        return at(remoteTarget, localCseq, remoteCseq, agreed, methods);
    }

    /** Returns the dialog without a method that the other side does not take, whatever its Allow said. */
    public Dialog without(String method) {
        return at(remoteTarget, localCseq, remoteCseq, timer, methods.stream().filter(known -> !known.equals(method)).toList());
    }

    /**
     * Returns the dialog as another process resumes it. That process cannot know how many requests the previous one sent: no
     * more than one a second, and a gap is no error (RFC 3261 section 12.2.2). If the clock was set back in the meantime, the
     * age is negative, and its size is used.
     */
    public Dialog takenUp(Duration age) {
        return at(remoteTarget, localCseq + Math.abs(age.toSeconds()) + 1, remoteCseq, timer, methods);
    }

    public boolean takes(String method) {
        return methods.contains(method);
    }

    private Dialog at(
            String target, long ourCseq, long theirCseq, Optional<SessionTimer> agreed, List<String> known) {
        return new Dialog(sipCallId, localTag, remoteTag, localUri, remoteUri, target, routeSet, ourCseq, theirCseq,
                transport, sourceAddress, sourcePort, agreed, known, trunk);
    }

    /** Returns the ACK of a 2xx to a re-INVITE of ours, with the same CSeq. */
    public OutgoingRequest ack(long cseq) {
        return request(SipRequest.ACK, cseq, List.of());
    }

    /**
     * Returns the ACK of the 2xx that began the dialog, with the credentials of its INVITE (RFC 3261 section 13.2.2.4).
     *
     * @param invite as it was sent last
     */
    public OutgoingRequest ack(OutgoingRequest invite) {
        return request(SipRequest.ACK, invite.cseq(), invite.headers().stream()
                .filter(header -> header.name().equals("Authorization") || header.name().equals("Proxy-Authorization"))
                .toList());
    }

    /** Returns our next request in the dialog, routed by RFC 3261 section 12.2.1.1. */
    public OutgoingRequest request(String method, List<SipHeader> headers) {
        return request(method, localCseq + 1, headers);
    }

    private OutgoingRequest request(String method, long cseq, List<SipHeader> headers) {
        var routes = new ArrayList<>(routeSet);
        String requestUri = remoteTarget;
        if (!routes.isEmpty() && !SipUri.parse(routes.getFirst()).loose()) {
            // A strict router must be in the Request-URI, and the target last in the route.
            requestUri = SipUri.bare(routes.removeFirst());
            routes.add("<" + remoteTarget + ">");
        }
        Optional<Hop> hop = routeSet.isEmpty() ? NextHop.of(this) : Optional.empty();
        return new OutgoingRequest(method, requestUri, routes, sipCallId, localUri, localTag, remoteUri, remoteTag,
                cseq, headers, transport, hop);
    }

    /** Hides all fields: a dialog contains the caller's number and must not leak into a log line. */
    @Override
    public String toString() {
        return "Dialog[…]";
    }
}
