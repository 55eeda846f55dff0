package dev.trunkline.sip;

import dev.trunkline.sip.gateway.GatewayWatch;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A request of ours at one gateway after the other, until one takes or refuses it: who answers 503, gives no answer at all, or
 * cannot be reached is left for the next. What is heard of one that was left is not told any more, but for a 2xx to an INVITE,
 * which is told as a fork, to be acknowledged and ended. Thread-safe.
 */
public final class GatewayCall implements ClientTransaction {

    /**
     * Told what becomes of it, each time with the request as it went to that gateway: with the credentials that it carried. Called
     * as {@link ResponseHandler} is.
     */
    public interface Outcome {
        /** @see ResponseHandler#progressed */
        void progressed(OutgoingRequest sent, SipResponse response);

        /** @see ResponseHandler#answered */
        void answered(OutgoingRequest sent, SipResponse response);

        /** @see ResponseHandler#forked */
        void forked(OutgoingRequest sent, SipResponse response);
    }

    private final UserAgentClient client;
    private final Duration patience;
    private final Delays delays;
    private final Outcome outcome;
    /** Guarded by this, as all of the state; nothing is called while it is held. */
    private final Deque<OutgoingRequest> untried;
    private Attempt current;
    private boolean cancelled;
    private boolean over;

    private GatewayCall(
            UserAgentClient client, List<OutgoingRequest> places, Duration patience, Delays delays, Outcome outcome) {
        this.client = client;
        this.patience = patience;
        this.delays = delays;
        this.outcome = outcome;
        this.untried = new ArrayDeque<>(places);
    }

    /**
     * @param places the same request to each gateway, in the order of {@link dev.trunkline.sip.gateway.GatewayOrder}, one at
     *     least; of one Call-ID
     * @param patience how long a gateway may say nothing at all, 100 neither, before the next is tried; the last may take as long
     *     as its transaction has
     * @param outcome told as {@link UserAgentClient#send} tells it, of the gateway that answered, or of the last
     */
    public static ClientTransaction send(
            UserAgentClient client, List<OutgoingRequest> places, Duration patience, Delays delays, Outcome outcome) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("a request needs a gateway to go to");
        }
        var call = new GatewayCall(client, places, patience, delays, outcome);
        call.next();
        return call;
    }

    private void next() {
        Attempt attempt;
        synchronized (this) {
            attempt = new Attempt(untried.poll());
            current = attempt;
        }
        attempt.begin();
    }

    /** @return whether this attempt is given up, for there is another place */
    private synchronized boolean leaves(Attempt attempt) {
        if (over || cancelled || current != attempt || untried.isEmpty()) {
            return false;
        }
        // Nobody listens to it from now on.
        current = null;
        return true;
    }

    /** @return whether this attempt is the one that counts, and has not told its outcome yet */
    private synchronized boolean ends(Attempt attempt) {
        boolean ends = !over && current == attempt;
        over |= ends;
        return ends;
    }

    private synchronized boolean isCurrent(Attempt attempt) {
        return !over && current == attempt;
    }

    @Override
    public void cancel() {
        Attempt attempt;
        synchronized (this) {
            cancelled = true;
            attempt = current;
        }
        if (attempt != null) {
            attempt.cancel();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private final class Attempt implements ResponseHandler {
        private volatile OutgoingRequest request;
        private volatile ClientTransaction transaction = () -> { };
        private volatile boolean heard;
        private volatile Delays.Delayed watch = () -> { };

        Attempt(OutgoingRequest request) {
            this.request = request;
        }

        void begin() {
            transaction = client.send(request, this);
            if (isCancelled()) {
                transaction.cancel();
            }
            watch = delays.after(patience, () -> {
                if (!heard && leaves(this)) {
                    transaction.cancel();
                    next();
                }
            });
        }

        void cancel() {
            transaction.cancel();
        }

        @Override
        public void sending(OutgoingRequest changed) {
            request = changed;
        }

        @Override
        public void progressed(SipResponse response) {
            heard = true;
            watch.stop();
            if (isCurrent(this)) {
                outcome.progressed(request, response);
            }
        }

        @Override
        public void answered(SipResponse response) {
            heard = true;
            watch.stop();
            if (!GatewayWatch.lives(response.status()) && leaves(this)) {
                next();
            } else if (ends(this)) {
                outcome.answered(request, response);
            } else if (response.accepts()) {
                outcome.forked(request, response);
            }
        }

        @Override
        public void forked(SipResponse response) {
            outcome.forked(request, response);
        }
    }
}
