package dev.trunkline.phone;

import dev.trunkline.phone.loop.EventLoop;
import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.ClientTransaction;
import dev.trunkline.phone.sip.Dialog;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.Responses;
import dev.trunkline.phone.sip.SipLink;
import dev.trunkline.phone.sip.SipRequest;
import dev.trunkline.phone.sip.SipResponse;
import dev.trunkline.phone.sip.SipUri;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The SIP signalling of one received call. Runs on the phone's SIP thread.
 *
 * <pre>
 *   INVITE ──180 or 183──► RINGING ──after a time: 200──► ANSWERED ──ACK──► UP ──hangUp: BYE──────► OVER
 *                            │  │                            │             └──BYE received, 200──► OVER
 *                            │  └─after a time: 3xx–6xx──► OVER            │
 *                            └──CANCEL: 200, 487──► OVER     └──64 × T1 without ACK: BYE──► OVER
 *   vanish: OVER from anywhere, without a packet
 * </pre>
 *
 * A retransmitted INVITE gets the last response again; a final response is sent again until its ACK arrives (RFC 3261 13.3.1.4,
 * 17.2.1).
 */
final class TakenSignalling implements SipLink.Peer {

    private static final Duration T2 = Duration.ofSeconds(4);
    private static final Map<Integer, String> REASONS = Map.of(
            302, "Moved Temporarily", 403, "Forbidden", 404, "Not Found", 480, "Temporarily Unavailable", 486, "Busy Here", 487,
            "Request Terminated", 488, "Not Acceptable Here", 500, "Server Internal Error", 503, "Service Unavailable", 603, "Decline");

    private enum State { RINGING, ANSWERED, UP, OVER }

    private final PhoneLine line;
    private final Answering answering;
    private final SipRequest invite;
    private final InetSocketAddress source;
    private final CallSession session;
    private final RtpSession rtp;
    private final CallFacts facts;
    private final String tag;
    private final Header contact;
    private final FarRequests farRequests;
    /** The session description in 183 and 200: our own offer if the INVITE had none. */
    private Optional<String> description = Optional.empty();
    private State state = State.RINGING;
    private Optional<SipResponse> last = Optional.empty();
    private Optional<EventLoop.Timer> repeating = Optional.empty();
    private Dialog dialog;
    private boolean vanished;

    TakenSignalling(
            PhoneLine line, Answering answering, SipRequest invite, InetSocketAddress source, CallSession session, RtpSession rtp, CallFacts facts) {
        this.line = line;
        this.answering = answering;
        this.invite = invite;
        this.source = source;
        this.session = session;
        this.rtp = rtp;
        this.facts = facts;
        tag = line.tokens().token();
        dialog = Dialog.answering(invite, tag);
        contact = new Header("Contact", "<sip:phone@" + SipUri.hostPort(line.link().local()) + ">");
        farRequests = new FarRequests(line.loop(), line.link(), session, contact, new Effects());
    }

    void start() {
        line.link().attach(invite.callId(), this);
        facts.begin();
        boolean offered = !invite.body().isBlank();
        description = offered ? session.answer(invite.body()) : Optional.of(session.offer(Direction.SENDRECV));
        if (description.isEmpty()) {
            refuse(488);
            return;
        }
        if (answering.earlyMedia()) {
            say(183, "Session Progress", withDescription());
        } else {
            say(180, "Ringing", response(180, "Ringing", List.of(contact), ""));
        }
        answering.after().ifPresent(time -> line.loop().after(time, this::settle));
    }

    private SipResponse withDescription() {
        return response(183, "Session Progress", List.of(contact, new Header("Content-Type", "application/sdp")), description.orElseThrow());
    }

    private void say(int status, String reason, SipResponse response) {
        facts.provisional(status, reason, !response.body().isEmpty());
        send(response);
    }

    private void send(SipResponse response) {
        last = Optional.of(response);
        line.link().send(response, source);
    }

    private void settle() {
        if (state != State.RINGING) {
            return;
        }
        if (answering.status() != 200) {
            refuse(answering.status());
            return;
        }
        state = State.ANSWERED;
        List<Header> headers = List.of(
                contact, new Header("Allow", FarRequests.ALLOW), new Header("User-Agent", line.settings().userAgent()),
                new Header("Content-Type", "application/sdp"));
        send(response(200, "OK", headers, description.orElseThrow()));
        repeat(line.link().t1(), line.link().t1().multipliedBy(64));
    }

    private void refuse(int status) {
        String reason = REASONS.getOrDefault(status, "Refused");
        SipResponse refusal = response(status, reason, status / 100 == 3 ? List.of(contact) : List.of(), "");
        send(refusal);
        over(status == 487 ? new CallResult.Cancelled(false) : new CallResult.Refused(status, reason, refusal.headers(), facts.elapsed()));
        repeat(line.link().t1(), line.link().t1().multipliedBy(64));
    }

    private SipResponse response(int status, String reason, List<Header> more, String body) {
        return Responses.to(invite, status, reason, tag, more, body);
    }

    /** Sends the final response again until its ACK arrives. */
    private void repeat(Duration wait, Duration left) {
        repeating = Optional.of(line.loop().after(wait, () -> {
            if (left.isNegative()) {
                noAck();
                return;
            }
            line.link().send(last.orElseThrow(), source);
            Duration doubled = wait.multipliedBy(2);
            repeat(doubled.compareTo(T2) < 0 ? doubled : T2, left.minus(wait));
        }));
    }

    private void noAck() {
        if (state == State.ANSWERED) {
            bye(ignored -> { });
            over(new CallResult.TimedOut(line.link().t1().multipliedBy(64)));
        }
    }

    @Override
    public void request(SipRequest request, InetSocketAddress from) {
        if (vanished) {
            return;
        }
        boolean ofTheInvite = request.cseq() == invite.cseq();
        switch (ofTheInvite ? request.method() : "") {
            case "INVITE" -> last.ifPresent(response -> line.link().send(response, source));
            case "CANCEL" -> cancelled(request, from);
            case "ACK" -> acknowledged(request);
            default -> farRequests.receive(request, from, state == State.ANSWERED || state == State.UP);
        }
    }

    private void cancelled(SipRequest cancel, InetSocketAddress from) {
        line.link().send(Responses.to(cancel, 200, "OK", tag, List.of(), ""), from);
        if (state == State.RINGING) {
            refuse(487);
        }
    }

    private void acknowledged(SipRequest ack) {
        repeating.ifPresent(EventLoop.Timer::cancel);
        if (state != State.ANSWERED) {
            return;
        }
        state = State.UP;
        if (invite.body().isBlank()) {
            session.answered(ack.body());
        }
        String theirs = invite.body().isBlank() ? ack.body() : invite.body();
        facts.settle(new CallResult.Answered(200, invite.headers(), theirs, facts.elapsed()));
        answering.talking().ifPresent(time -> line.loop().after(time, () -> hangUp(ignored -> { })));
    }

    void hangUp(Consumer<Reply> reply) {
        switch (state) {
            case UP, ANSWERED -> {
                bye(reply);
                facts.end(CallEnd.By.PHONE, Optional.empty());
                over(new CallResult.Cancelled(true));
            }
            case RINGING -> {
                refuse(480);
                reply.accept(ReplyTo.none("it was not answered"));
            }
            case OVER -> reply.accept(ReplyTo.none("the call is over"));
        }
    }

    private void bye(Consumer<Reply> reply) {
        ask("BYE", List.of(), "", new ReplyTo(reply));
    }

    void send(String method, List<Header> headers, String body, Consumer<Reply> reply) {
        if (state == State.UP) {
            ask(method, headers, body, new ReplyTo(reply));
        } else {
            reply.accept(ReplyTo.none("the call is not established"));
        }
    }

    void reinvite(Direction direction, Consumer<Reply> reply) {
        if (state != State.UP) {
            reply.accept(ReplyTo.none("the call is not established"));
            return;
        }
        List<Header> headers = new ArrayList<>(List.of(contact, new Header("Allow", FarRequests.ALLOW), new Header("Content-Type", "application/sdp")));
        ask("INVITE", headers, session.offer(direction), new ClientTransaction.Listener() {
            @Override
            public void response(SipResponse response) {
                if (!response.isFinal()) {
                    return;
                }
                if (response.ok()) {
                    dialog = dialog.refreshedBy(response);
                    session.answered(response.body());
                    line.link().send(dialog.request("ACK", via(), response.cseq(), List.of(contact), ""), dialog.hop());
                }
                reply.accept(ReplyTo.of(response));
            }

            @Override
            public void timedOut() {
                reply.accept(ReplyTo.none("no answer to the re-INVITE"));
            }
        });
    }

    private void ask(String method, List<Header> headers, String body, ClientTransaction.Listener listener) {
        dialog = dialog.advanced();
        line.link().start(dialog.request(method, via(), dialog.cseq(), headers, body), dialog.hop(), listener);
    }

    private String via() {
        return line.link().via(line.tokens().branch());
    }

    void vanish() {
        vanished = true;
        line.link().abandon(invite.callId());
        repeating.ifPresent(EventLoop.Timer::cancel);
        if (state == State.UP) {
            facts.end(CallEnd.By.VANISHED, Optional.empty());
        }
        over(new CallResult.Vanished());
    }

    /** Ends the call; the outcome counts only if there was none. */
    private void over(CallResult outcome) {
        if (state != State.OVER) {
            repeating.ifPresent(EventLoop.Timer::cancel);
        }
        state = State.OVER;
        rtp.close();
        farRequests.stop();
        facts.settle(outcome);
        if (!vanished) {
            // Long enough for messages in transit to be answered.
            line.loop().after(line.settings().t1().multipliedBy(64), () -> line.link().detach(invite.callId()));
        }
    }

    private final class Effects implements FarRequests.Effects {
        @Override
        public void answered(SipRequest incoming, int status) {
            facts.requested(incoming, status);
        }

        @Override
        public void targetRefreshed(SipRequest incoming) {
            dialog = dialog.refreshedBy(incoming);
        }

        @Override
        public void ended(SipRequest bye) {
            if (state == State.UP || state == State.ANSWERED) {
                facts.end(CallEnd.By.FAR_END, bye.headers().first("Reason"));
                over(new CallResult.Cancelled(true));
            }
        }
    }
}
