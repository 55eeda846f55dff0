package dev.trunkline.phone;

import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is known about a call, with times from its first INVITE. Informs the listener of each event. */
final class CallFacts implements RtpSession.Listener {

    private static final System.Logger LOG = System.getLogger(CallFacts.class.getName());

    private final CallListener listener;
    private final List<Provisional> provisionals = new CopyOnWriteArrayList<>();
    private final CompletableFuture<CallResult> result = new CompletableFuture<>();
    private final CompletableFuture<CallEnd> ended = new CompletableFuture<>();
    private volatile long began = System.nanoTime();
    private volatile long answeredAt;

    CallFacts(CallListener listener) {
        this.listener = listener;
    }

    void begin() {
        began = System.nanoTime();
    }

    void provisional(int status, String reason, boolean sdp) {
        Provisional provisional = new Provisional(status, reason, elapsed(), sdp);
        provisionals.add(provisional);
        tell(new CallEvent.Progress(provisional.afterNanos(), provisional));
    }

    void settle(CallResult outcome) {
        long now = elapsed();
        if (outcome instanceof CallResult.Answered) {
            answeredAt = now;
        }
        if (result.complete(outcome)) {
            tell(new CallEvent.Settled(now, outcome));
        }
    }

    void end(CallEnd.By by, Optional<String> reason) {
        long now = elapsed();
        CallEnd end = new CallEnd(by, reason, now - answeredAt);
        if (ended.complete(end)) {
            tell(new CallEvent.Over(now, end));
        }
    }

    void requested(SipRequest request, int status) {
        tell(new CallEvent.RequestReceived(elapsed(), request, status));
    }

    @Override
    public void firstPacket() {
        tell(new CallEvent.FirstPacket(elapsed()));
    }

    @Override
    public void digit(ReceivedDigit digit) {
        tell(new CallEvent.DigitHeard(elapsed(), digit));
    }

    @Override
    public void echo(double delayMillis) {
        tell(new CallEvent.Echo(elapsed(), delayMillis));
    }

    /** Informs the listener. If it throws, it loses the event, and the call's state is not affected. */
    private void tell(CallEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a call listener failed on " + event.getClass().getSimpleName(), e);
        }
    }

    long elapsed() {
        return System.nanoTime() - began;
    }

    boolean isUp() {
        return result.getNow(new CallResult.Vanished()) instanceof CallResult.Answered && !ended.isDone();
    }

    List<Provisional> provisionals() {
        return List.copyOf(provisionals);
    }

    CompletableFuture<CallResult> result() {
        return result;
    }

    CompletableFuture<CallEnd> ended() {
        return ended;
    }
}
