package dev.trunkline.phone.sip;

import dev.trunkline.phone.loop.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An outgoing request until it is answered (RFC 3261 17.1). Runs on the loop's thread.
 *
 * <pre>
 *               timer A / E: send again, interval doubles
 *                  ┌──┐
 *   start ──► TRYING ─┴─1xx──► PROCEEDING ──final──► COMPLETED ──64·T1──► gone
 *                │  └──────────final──────────────────▲  │ ▲
 *                │                                       └─┘ final again: INVITE is ACKed again
 *                └─64·T1 (timer B / F)──► timed out, gone
 * </pre>
 *
 * The caller must ACK a 2xx to INVITE each time that it arrives (13.2.2.4): the transaction stays in COMPLETED to receive them.
 */
public final class ClientTransaction {

    private static final Duration T2 = Duration.ofSeconds(4);

    /** Receives the responses. */
    public interface Listener {
        /** Called for each provisional response, the first final one, and each further 2xx to INVITE. */
        void response(SipResponse response);

        /** Called if no final response arrived in time. */
        void timedOut();
    }

    private enum State { TRYING, PROCEEDING, COMPLETED, GONE }

    private final SipLink link;
    private final SipRequest request;
    private final InetSocketAddress destination;
    private final Listener listener;
    private final boolean invite;
    private State state = State.TRYING;
    private Duration interval;
    private Optional<EventLoop.Timer> resend = Optional.empty();
    private Optional<EventLoop.Timer> giveUp = Optional.empty();

    ClientTransaction(SipLink link, SipRequest request, InetSocketAddress destination, Listener listener) {
        this.link = link;
        this.request = request;
        this.destination = destination;
        this.listener = listener;
        invite = request.method().equals("INVITE");
        interval = link.t1();
    }

    void start() {
        giveUp = Optional.of(link.loop().after(link.t1().multipliedBy(64), this::timeOut));
        transmit();
    }

    /** Returns its request. */
    public SipRequest request() {
        return request;
    }

    /** Returns the destination of the request. */
    public InetSocketAddress destination() {
        return destination;
    }

    /** Returns whether a provisional response has arrived and no final one. */
    public boolean proceeding() {
        return state == State.PROCEEDING;
    }

    /** Ends a cancelled INVITE that gets no 487 after 64 × T1 (9.1). */
    public void expire() {
        if (state == State.PROCEEDING) {
            giveUp = Optional.of(link.loop().after(link.t1().multipliedBy(64), this::timeOut));
        }
    }

    /** Stops without notifying the listener. */
    public void abandon() {
        state = State.GONE;
        stopTimers();
        link.forget(this);
    }

    void receive(SipResponse response) {
        if (state == State.GONE) {
            return;
        }
        if (!response.isFinal()) {
            if (state != State.COMPLETED) {
                state = State.PROCEEDING;
                if (invite) {
                    // Ringing may take any time: the INVITE is no longer resent and does not time out (17.1.1.2).
                    stopTimers();
                }
                listener.response(response);
            }
            return;
        }
        boolean again = state == State.COMPLETED;
        if (!again) {
            state = State.COMPLETED;
            stopTimers();
            giveUp = Optional.of(link.loop().after(link.t1().multipliedBy(64), this::abandon));
        }
        if (invite && !response.ok()) {
            link.send(ack(response), destination);
        }
        if (!again || invite && response.ok()) {
            listener.response(response);
        }
    }

    private void transmit() {
        if (state == State.TRYING || state == State.PROCEEDING && !invite) {
            link.send(request, destination);
            resend = Optional.of(link.loop().after(interval, this::transmit));
            Duration doubled = interval.multipliedBy(2);
            interval = !invite && (doubled.compareTo(T2) > 0 || state == State.PROCEEDING) ? T2 : doubled;
        }
    }

    private void timeOut() {
        abandon();
        listener.timedOut();
    }

    private void stopTimers() {
        resend.ifPresent(EventLoop.Timer::cancel);
        giveUp.ifPresent(EventLoop.Timer::cancel);
    }

    /** Returns the ACK of a rejection, which belongs to the transaction: same branch, same route (17.1.1.3). */
    private SipRequest ack(SipResponse response) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Via", request.headers().require("Via")));
        headers.add(new Header("Max-Forwards", "70"));
        headers.add(new Header("From", request.headers().require("From")));
        headers.add(new Header("To", response.headers().require("To")));
        headers.add(new Header("Call-ID", request.callId()));
        headers.add(new Header("CSeq", request.cseq() + " ACK"));
        request.headers().all("Route").forEach(route -> headers.add(new Header("Route", route)));
        return new SipRequest("ACK", request.uri(), new Headers(headers), "");
    }

    /** Returns the CANCEL of this INVITE: a separate transaction with the same branch (9.1). */
    public SipRequest cancel() {
        List<Header> headers = new ArrayList<>();
        for (String name : List.of("Via", "Max-Forwards", "From", "To", "Call-ID")) {
            headers.add(new Header(name, request.headers().require(name)));
        }
        headers.add(new Header("CSeq", request.cseq() + " CANCEL"));
        request.headers().all("Route").forEach(route -> headers.add(new Header("Route", route)));
        return new SipRequest("CANCEL", request.uri(), new Headers(headers), "");
    }
}
