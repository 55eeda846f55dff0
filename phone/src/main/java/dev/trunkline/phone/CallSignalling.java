package dev.trunkline.phone;

import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.ClientTransaction;
import dev.trunkline.phone.sip.Dialog;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.Headers;
import dev.trunkline.phone.sip.SipLink;
import dev.trunkline.phone.sip.SipRequest;
import dev.trunkline.phone.sip.SipResponse;
import dev.trunkline.phone.sip.SipUri;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The SIP signalling of one call (RFC 3261 13, 15, 9). Runs on the SIP thread.
 *
 * <pre>
 *   CALLING ──1xx──► PROCEEDING ──2xx, ACK──► UP ──hangUp: BYE──────► OVER
 *      │                 │                     └──BYE received, 200──► OVER
 *      │                 └─cancel: CANCEL──► 487 ──► OVER   (a 2xx that crosses it: ACK, BYE)
 *      └──3xx–6xx, or 64 × T1 of nothing──► OVER
 *   vanish: OVER from anywhere, without a packet
 * </pre>
 *
 * A cancel in CALLING waits for the first 1xx.
 */
final class CallSignalling implements SipLink.Peer {

    private enum State { CALLING, PROCEEDING, UP, OVER }

    private final PhoneLine line;
    private final CallRequest request;
    private final CallSession session;
    private final RtpSession rtp;
    private final CallFacts facts;
    private final String callId;
    private final Header contact;
    private final FarRequests farRequests;
    private final Map<Long, SipRequest> acks = new HashMap<>();
    private State state = State.CALLING;
    private Optional<ClientTransaction> inviting = Optional.empty();
    private Optional<Dialog> dialog = Optional.empty();
    private Optional<Consumer<Reply>> cancelled = Optional.empty();
    private boolean cancelWanted;
    private boolean cancelSent;
    private boolean vanished;

    CallSignalling(PhoneLine line, CallRequest request, CallSession session, RtpSession rtp, CallFacts facts) {
        this.line = line;
        this.request = request;
        this.session = session;
        this.rtp = rtp;
        this.facts = facts;
        callId = line.tokens().token() + "@" + line.settings().bindAddress().getHostAddress();
        contact = new Header("Contact", "<" + ownUri() + ">");
        farRequests = new FarRequests(line.loop(), line.link(), session, contact, new Effects());
    }

    String callId() {
        return callId;
    }

    void start() {
        if (state == State.OVER) {
            return;
        }
        line.link().attach(callId, this);
        facts.begin();
        inviting = Optional.of(line.link().start(invite(), line.settings().target(), new InviteListener()));
    }

    private SipRequest invite() {
        String display = request.displayName().map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" ").orElse("");
        String uri = "sip:" + request.callee() + "@" + SipUri.hostPort(line.settings().target());
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Via", line.link().via(line.tokens().branch())));
        headers.add(new Header("Max-Forwards", "70"));
        headers.add(new Header("From", display + "<" + ownUri() + ">;tag=" + line.tokens().token()));
        headers.add(new Header("To", "<" + uri + ">"));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", "1 INVITE"));
        String body = session.initialOffer();
        headers.addAll(sessionHeaders(body));
        headers.addAll(request.headers());
        return new SipRequest("INVITE", uri, new Headers(headers), body);
    }

    private List<Header> sessionHeaders(String body) {
        List<Header> headers = new ArrayList<>(List.of(
                contact, new Header("Allow", FarRequests.ALLOW), new Header("User-Agent", line.settings().userAgent())));
        if (!body.isEmpty()) {
            headers.add(new Header("Content-Type", "application/sdp"));
        }
        return headers;
    }

    private String ownUri() {
        return "sip:" + request.caller() + "@" + SipUri.hostPort(line.link().local());
    }

    private final class InviteListener implements ClientTransaction.Listener {
        @Override
        public void response(SipResponse response) {
            if (!response.isFinal()) {
                progress(response);
            } else if (response.ok()) {
                answered(response);
            } else {
                refused(response);
            }
        }

        @Override
        public void timedOut() {
            over(cancelWanted ? new CallResult.Cancelled(false) : new CallResult.TimedOut(line.settings().t1().multipliedBy(64)));
        }
    }

    private void progress(SipResponse response) {
        if (state == State.CALLING) {
            state = State.PROCEEDING;
        }
        facts.provisional(response.status(), response.reason(), !response.body().isEmpty());
        if (!response.body().isEmpty()) {
            session.answered(response.body());
        }
        if (cancelWanted) {
            sendCancel();
        }
    }

    private void answered(SipResponse response) {
        ClientTransaction transaction = inviting.orElseThrow();
        Dialog made = Dialog.of(transaction.request(), response);
        if (dialog.isPresent() && dialog.get().remoteTag().equals(made.remoteTag())) {
            // Our ACK was lost in transit (RFC 3261 13.2.2.4).
            sendAck(1);
            return;
        }
        if (dialog.isPresent() || state == State.OVER) {
            decline(made);
            return;
        }
        dialog = Optional.of(made);
        String answer = request.offer() instanceof CallRequest.Offer.Delayed ? session.answer(response.body()).orElse("") : "";
        acks.put(1L, ackOf(made, 1, answer));
        sendAck(1);
        if (cancelWanted) {
            sendBye(ignored -> { });
            over(new CallResult.Cancelled(true));
            return;
        }
        if (answer.isEmpty()) {
            session.answered(response.body());
        }
        state = State.UP;
        facts.settle(new CallResult.Answered(response.status(), response.headers(), response.body(), facts.elapsed()));
    }

    /** Ends a second answer from a fork, or one that came too late: acknowledges it and sends BYE at once. */
    private void decline(Dialog other) {
        InetSocketAddress hop = other.hop();
        line.link().send(ackOf(other, 1, ""), hop);
        line.link().start(other.request("BYE", via(), 2, List.of(), ""), hop, new ReplyTo(ignored -> { }));
    }

    private void refused(SipResponse response) {
        cancelled.ifPresent(reply -> reply.accept(ReplyTo.of(response)));
        over(cancelWanted && response.status() == 487
                ? new CallResult.Cancelled(false)
                : new CallResult.Refused(response.status(), response.reason(), response.headers(), facts.elapsed()));
    }

    void cancel() {
        cancelWanted = cancelWanted || state == State.CALLING || state == State.PROCEEDING;
        if (state == State.PROCEEDING) {
            sendCancel();
        }
    }

    private void sendCancel() {
        if (!cancelSent) {
            cancelSent = true;
            ClientTransaction transaction = inviting.orElseThrow();
            transaction.expire();
            line.link().start(transaction.cancel(), transaction.destination(), new ReplyTo(ignored -> { }));
        }
    }

    void hangUp(Consumer<Reply> reply) {
        switch (state) {
            case UP -> {
                sendBye(reply);
                facts.end(CallEnd.By.PHONE, Optional.empty());
                over(new CallResult.Cancelled(true));
            }
            case CALLING, PROCEEDING -> {
                cancelled = Optional.of(reply);
                cancel();
            }
            case OVER -> reply.accept(ReplyTo.none("the call is over"));
        }
    }

    private void sendBye(Consumer<Reply> reply) {
        request("BYE", List.of(), "", new ReplyTo(reply));
    }

    void send(String method, List<Header> headers, String body, Consumer<Reply> reply) {
        if (state == State.UP) {
            request(method, headers, body, new ReplyTo(reply));
        } else {
            reply.accept(ReplyTo.none("the call is not established"));
        }
    }

    void reinvite(Function<CallSession, String> offer, Consumer<Reply> reply) {
        if (state != State.UP) {
            reply.accept(ReplyTo.none("the call is not established"));
            return;
        }
        String body = offer.apply(session);
        request("INVITE", sessionHeaders(body), body, new ReinviteListener(reply));
    }

    private final class ReinviteListener implements ClientTransaction.Listener {
        private final Consumer<Reply> reply;
        private long sequence;

        private ReinviteListener(Consumer<Reply> reply) {
            this.reply = reply;
        }

        @Override
        public void response(SipResponse response) {
            if (!response.isFinal()) {
                return;
            }
            if (response.ok()) {
                boolean first = sequence == 0;
                sequence = response.cseq();
                if (first) {
                    Dialog refreshed = dialog.orElseThrow().refreshedBy(response);
                    dialog = Optional.of(refreshed);
                    acks.put(sequence, ackOf(refreshed, sequence, ""));
                    session.answered(response.body());
                }
                sendAck(sequence);
                if (!first) {
                    return;
                }
            }
            reply.accept(ReplyTo.of(response));
        }

        @Override
        public void timedOut() {
            reply.accept(ReplyTo.none("no answer to the re-INVITE"));
        }
    }

    private void request(String method, List<Header> headers, String body, ClientTransaction.Listener listener) {
        Dialog next = dialog.orElseThrow().advanced();
        dialog = Optional.of(next);
        line.link().start(next.request(method, via(), next.cseq(), headers, body), next.hop(), listener);
    }

    private SipRequest ackOf(Dialog of, long sequence, String body) {
        List<Header> more = body.isEmpty() ? List.of(contact) : List.of(contact, new Header("Content-Type", "application/sdp"));
        return of.request("ACK", via(), sequence, more, body);
    }

    private void sendAck(long sequence) {
        line.link().send(acks.get(sequence), dialog.orElseThrow().hop());
    }

    private String via() {
        return line.link().via(line.tokens().branch());
    }

    void vanish() {
        vanished = true;
        line.link().abandon(callId);
        if (state == State.UP) {
            facts.end(CallEnd.By.VANISHED, Optional.empty());
        }
        over(new CallResult.Vanished());
    }

    /** Ends the call; the outcome counts only if there was none. */
    private void over(CallResult outcome) {
        state = State.OVER;
        rtp.close();
        farRequests.stop();
        facts.settle(outcome);
        if (!vanished) {
            // Long enough for messages in transit to be answered.
            line.loop().after(line.settings().t1().multipliedBy(64), () -> line.link().detach(callId));
        }
    }

    @Override
    public void request(SipRequest incoming, InetSocketAddress source) {
        if (!vanished) {
            farRequests.receive(incoming, source, dialog.isPresent());
        }
    }

    private final class Effects implements FarRequests.Effects {
        @Override
        public void answered(SipRequest incoming, int status) {
            facts.requested(incoming, status);
        }

        @Override
        public void targetRefreshed(SipRequest incoming) {
            dialog = dialog.map(known -> known.refreshedBy(incoming));
        }

        @Override
        public void ended(SipRequest bye) {
            if (state == State.UP) {
                facts.end(CallEnd.By.FAR_END, bye.headers().first("Reason"));
                over(new CallResult.Cancelled(true));
            }
        }
    }
}
