package dev.trunkline.sip;

import dev.trunkline.sip.gateway.GatewayWatch;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An outgoing request that is tried at one gateway after another, until one accepts or rejects it. If a gateway answers 503,
 * does not answer, or cannot be reached, the next one is tried. Later responses from a gateway that was given up are not
 * reported, except a 2xx to an INVITE, which is reported as a fork, to be acknowledged and ended. Thread-safe.
 */
public final class GatewayCall implements ClientTransaction {

    /**
     * Receives the responses, each with the request as it was sent to that gateway, including its credentials. Called as {@link
     * ResponseHandler} is.
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
    /** Guarded by this, like all of the state; no callback is called while the lock is held. */
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
     * @param places the same request for each gateway, in the order of {@link dev.trunkline.sip.gateway.GatewayOrder}; at least
     *     one, all with the same Call-ID
     * @param patience how long a gateway may send no response, not even 100, before the next one is tried; the last one may
     *     take as long as its transaction allows
     * @param outcome called as by {@link UserAgentClient#send}, for the gateway that answered, or for the last one
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

    /** @return whether this attempt is given up because there is another place */
    private synchronized boolean leaves(Attempt attempt) {
        if (over || cancelled || current != attempt || untried.isEmpty()) {
            return false;
        }
        // Its responses are ignored from now on.
        current = null;
        return true;
    }

    /** @return whether this attempt is the current one, and its outcome has not been reported yet */
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
