package dev.trunkline.phone;

import dev.trunkline.phone.loop.EventLoop;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.Responses;
import dev.trunkline.phone.sip.SipLink;
import dev.trunkline.phone.sip.SipRequest;
import dev.trunkline.phone.sip.SipResponse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the far end's requests inside a call: BYE, re-INVITE, UPDATE, OPTIONS, INFO, NOTIFY, MESSAGE. Runs on the SIP thread. */
final class FarRequests {

    static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, NOTIFY, MESSAGE";
    private static final Duration T2 = Duration.ofSeconds(4);

    /** The effects that a request may have on its call. */
    interface Effects {
        void answered(SipRequest request, int status);

        void targetRefreshed(SipRequest request);

        void ended(SipRequest bye);
    }

    private final EventLoop loop;
    private final SipLink link;
    private final CallSession session;
    private final Header contact;
    private final Effects effects;
    private final Map<String, SipResponse> given = new HashMap<>();
    private Optional<EventLoop.Timer> unacknowledged = Optional.empty();
    private boolean offeredIn200;

    FarRequests(EventLoop loop, SipLink link, CallSession session, Header contact, Effects effects) {
        this.loop = loop;
        this.link = link;
        this.session = session;
        this.contact = contact;
        this.effects = effects;
    }

    void receive(SipRequest request, InetSocketAddress source, boolean up) {
        if (request.method().equals("ACK")) {
            acknowledged(request);
            return;
        }
        String key = request.branch() + " " + request.method();
        SipResponse before = given.get(key);
        if (before != null) {
            // A retransmission gets the same response again, and has no other effect (RFC 3261 17.2.2).
            link.send(before, source);
            return;
        }
        SipResponse response = answer(request, up);
        given.put(key, response);
        link.send(response, source);
        if (request.method().equals("INVITE") && response.ok()) {
            resendUntilAck(response, source, link.t1(), link.t1().multipliedBy(64));
        }
        if (response.ok()) {
            took(request);
        }
        effects.answered(request, response.status());
    }

    private void took(SipRequest request) {
        switch (request.method()) {
            case "BYE" -> effects.ended(request);
            case "INVITE", "UPDATE" -> effects.targetRefreshed(request);
            default -> { }
        }
    }

    private SipResponse answer(SipRequest request, boolean up) {
        if (!up) {
            return response(request, 481, "Call/Transaction Does Not Exist", List.of(), "");
        }
        return switch (request.method()) {
            case "BYE", "OPTIONS", "INFO", "NOTIFY", "MESSAGE", "CANCEL" -> response(request, 200, "OK", List.of(new Header("Allow", ALLOW)), "");
            case "INVITE", "UPDATE" -> sessionChange(request);
            default -> response(request, 405, "Method Not Allowed", List.of(new Header("Allow", ALLOW)), "");
        };
    }

    private SipResponse sessionChange(SipRequest request) {
        boolean offers = !request.body().isBlank();
        if (!offers && request.method().equals("UPDATE")) {
            // Without SDP an UPDATE only refreshes the target or a session timer (RFC 3311).
            return response(request, 200, "OK", List.of(contact), "");
        }
        offeredIn200 = !offers;
        Optional<String> sdp = offers ? session.answer(request.body()) : Optional.of(session.offer(Direction.SENDRECV));
        return sdp.map(body -> response(request, 200, "OK", List.of(contact, new Header("Allow", ALLOW), new Header("Content-Type", "application/sdp")), body))
                .orElseGet(() -> response(request, 488, "Not Acceptable Here", List.of(), ""));
    }

    private void acknowledged(SipRequest ack) {
        unacknowledged.ifPresent(EventLoop.Timer::cancel);
        unacknowledged = Optional.empty();
        if (offeredIn200 && !ack.body().isBlank()) {
            session.answered(ack.body());
        }
        offeredIn200 = false;
    }

    /** Sends a 200 to INVITE again until its ACK arrives (RFC 3261 13.3.1.4). */
    private void resendUntilAck(SipResponse response, InetSocketAddress to, Duration wait, Duration left) {
        unacknowledged.ifPresent(EventLoop.Timer::cancel);
        unacknowledged = Optional.of(loop.after(wait, () -> {
            if (!left.isNegative()) {
                link.send(response, to);
                Duration doubled = wait.multipliedBy(2);
                resendUntilAck(response, to, doubled.compareTo(T2) < 0 ? doubled : T2, left.minus(wait));
            }
        }));
    }

    /** Stops resending. */
    void stop() {
        unacknowledged.ifPresent(EventLoop.Timer::cancel);
    }

    private static SipResponse response(SipRequest request, int status, String reason, List<Header> more, String body) {
        return Responses.to(request, status, reason, "", more, body);
    }
}
