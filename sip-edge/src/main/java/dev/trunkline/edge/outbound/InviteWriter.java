package dev.trunkline.edge.outbound;

import dev.trunkline.edge.call.Replies;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.sip.gateway.Gateway;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes the INVITE of an outbound call for each gateway of its trunk. Pure. */
final class InviteWriter {
    /** Seconds: a side that wants longer than a day between refreshes wants no session timer. */
    static final int LONGEST_INTERVAL = 86_400;

    private static final Set<String> TIMERS = Set.of("session-expires", "x", "min-se");
    /** They are valid for one count only (RFC 7616 section 3.4: nc), and are created anew. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");
    /** The edge sends no PRACK. */
    private static final SipHeader SUPPORTED = new SipHeader("Supported", "timer");

    private final TimerPolicy timers;

    InviteWriter(TimerPolicy timers) {
        this.timers = timers;
    }

    /**
     * @param tag of our side
     * @param offer session description
     * @return one for each gateway, in the order in which they are tried
     */
    List<OutgoingRequest> written(UsableTrunk trunk, String sipCallId, String tag, DialTarget target, String offer) {
        return trunk.gateways().stream().map(gateway -> written(trunk, gateway, sipCallId, tag, target, offer)).toList();
    }

    private OutgoingRequest written(
            UsableTrunk trunk, Gateway gateway, String sipCallId, String tag, DialTarget target, String offer) {
        KnownOutbound known = trunk.known();
        String domain = known.domain(gateway);
        String user = KnownOutbound.escaped(target.user());
        CallerId caller = CallerId.of(trunk.trunk().callerId(), KnownOutbound.escaped(target.callerId()), known.user(), domain);
        var headers = new ArrayList<SipHeader>();
        headers.add(Replies.ALLOW);
        headers.add(SUPPORTED);
        headers.addAll(timers.asking());
        headers.addAll(caller.headers());
        headers.addAll(FurtherHeaders.of(target.headers()));
        // A carrier recognises a registered client by the Contact of its registration.
        Optional<String> contact = trunk.trunk().registration().map(registered -> known.contactUser());
        return new OutgoingRequest("INVITE", gateway.uri(user), known.routes(), sipCallId, "sip:" + caller.fromUser() + "@" + domain,
                tag, "sip:" + user + "@" + HostPort.bracketed(gateway.host()), "", 1, headers, Optional.of(offer), true,
                gateway.transport().orElse(SipTransportKind.UDP), Optional.empty(), contact, target.extras().displayName());
    }

    /**
     * Returns the same call to another target, with the same From, To and Call-ID (RFC 3261 section 8.1.3.4).
     *
     * @param sent the INVITE that was answered with 3xx
     * @param user of the Request-URI, as the trunk wants it
     * @return as {@link #written}
     */
    List<OutgoingRequest> redirected(UsableTrunk trunk, OutgoingRequest sent, DialTarget target, String user, String offer) {
        return written(trunk, sent.callId(), sent.fromTag(), target.to(user), offer).stream()
                .map(invite -> new OutgoingRequest(invite.method(), invite.requestUri(), invite.routes(), invite.callId(), sent.fromUri(),
                        sent.fromTag(), sent.toUri(), "", sent.cseq() + 1, invite.headers(), invite.sdp(), invite.contact(),
                        invite.transport(), invite.hop(), invite.contactUser(), invite.fromName()))
                .toList();
    }

    /** Returns the same INVITE for a side that wants {@code minimum} seconds between refreshes, or more (RFC 4028 section 7.4). */
    OutgoingRequest raised(OutgoingRequest invite, int minimum) {
        var headers = new ArrayList<SipHeader>(invite.headers().stream()
                .filter(header -> !TIMERS.contains(header.name().toLowerCase(Locale.ROOT)) && !CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList());
        headers.addAll(timers.asking(minimum));
        return new OutgoingRequest(invite.method(), invite.requestUri(), invite.routes(), invite.callId(), invite.fromUri(), invite.fromTag(),
                invite.toUri(), invite.toTag(), invite.cseq() + 1, headers, invite.sdp(), invite.contact(), invite.transport(), invite.hop(),
                invite.contactUser(), invite.fromName());
    }
}
