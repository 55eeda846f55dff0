package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.transaction.Input;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An outgoing request until its outcome. It is tried at one place after another (RFC 3263 section 4.3), each in a separate
 * transaction. It may be used on any thread; its state belongs to its lane.
 */
final class ClientCall implements ClientTransaction {
    static final int REQUEST_TERMINATED = 487;
    /** Maximum number of phones that may answer one INVITE: more are not a fork but a flood. */
    private static final int MOST_FORKS = 32;

    private final OutgoingRequest request;
    private final ResponseHandler handler;
    private final ClientSide side;
    private final Lane<?> lane;
    private final Deque<Candidate> untried = new ArrayDeque<>();
    private final Set<String> answeredBy = new HashSet<>();
    private Optional<RunningClient<?>> current = Optional.empty();
    private boolean cancelled;
    private boolean answered;

    ClientCall(OutgoingRequest request, ResponseHandler handler, ClientSide side, Lane<?> lane) {
        this.request = request;
        this.handler = handler;
        this.side = side;
        this.lane = lane;
    }

    OutgoingRequest request() {
        return request;
    }

    /** Must be called on the lane. @param candidates places to try, in order */
    void begin(List<Candidate> candidates) {
        if (cancelled) {
            answer(SipResponse.missing(request, REQUEST_TERMINATED));
            return;
        }
        untried.addAll(candidates);
        next(SipResponse.SERVICE_UNAVAILABLE);
    }

    /** @param status outcome if there is no further place */
    private void next(int status) {
        while (!untried.isEmpty()) {
            current = side.prepared(this, untried.poll());
            if (current.isPresent()) {
                current.get().begin();
                return;
            }
        }
        answer(SipResponse.missing(request, status));
    }

    private void answer(SipResponse response) {
        if (!answered) {
            answered = true;
            current = Optional.empty();
            handler.answered(response);
        }
    }

    /** Ends the call because it cannot be sent. */
    void fail() {
        answer(SipResponse.missing(request, SipResponse.SERVICE_UNAVAILABLE));
    }

    /** Takes a response of the current transaction or of an earlier one. */
    void told(RunningClient<?> by, SipResponse response) {
        if (response.status() < 200) {
            if (!answered && isCurrent(by)) {
                handler.progressed(response);
            }
        } else if (!answered && isCurrent(by)) {
            if (response.status() == SipResponse.SERVICE_UNAVAILABLE && elsewhere()) {
                next(response.status());
            } else {
                answeredBy.add(response.toTag());
                answer(response);
            }
        } else if (response.accepts()) {
            acceptedAgain(response);
        }
    }

    private void acceptedAgain(SipResponse response) {
        if (answeredBy.contains(response.toTag()) || answeredBy.size() >= MOST_FORKS) {
            side.repeated(response);
        } else {
            answeredBy.add(response.toTag());
            handler.forked(response);
        }
    }

    /** @param status 408 or 503 */
    void failed(RunningClient<?> by, int status) {
        if (isCurrent(by)) {
            if (elsewhere()) {
                next(status);
            } else {
                answer(SipResponse.missing(request, status));
            }
        }
    }

    private boolean isCurrent(RunningClient<?> transaction) {
        return current.filter(now -> now == transaction).isPresent();
    }

    private boolean elsewhere() {
        return !cancelled && !untried.isEmpty();
    }

    @Override
    public void cancel() {
        lane.execute(() -> {
            cancelled = true;
            current.ifPresent(transaction -> transaction.on(new Input.Cancel()));
        });
    }
}
