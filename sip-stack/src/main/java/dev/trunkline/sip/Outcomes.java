package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.Faults;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pending outcomes. Each is delivered once, at the latest when the stack closes. Thread-safe. */
final class Outcomes {
    private final Set<Awaited> awaited = ConcurrentHashMap.newKeySet();

    /** @return the same user, wrapped to receive exactly one outcome */
    ResponseHandler awaited(OutgoingRequest request, ResponseHandler user) {
        var waiting = new Awaited(request, user);
        awaited.add(waiting);
        return waiting;
    }

    int size() {
        return awaited.size();
    }

    /** Fails what is in progress. Must be called when no lane works any more. */
    void close(Faults faults) {
        for (Awaited waiting : awaited) {
            faults.contain(Lane.TASK, () ->
                    waiting.answered(SipResponse.missing(waiting.request, SipResponse.SERVICE_UNAVAILABLE)));
        }
    }

    private final class Awaited implements ResponseHandler {
        private final OutgoingRequest request;
        private final ResponseHandler user;

        Awaited(OutgoingRequest request, ResponseHandler user) {
            this.request = request;
            this.user = user;
        }

        @Override
        public void answered(SipResponse response) {
            if (awaited.remove(this)) {
                user.answered(response);
            }
        }

        @Override
        public void progressed(SipResponse response) {
            user.progressed(response);
        }

        @Override
        public void forked(SipResponse response) {
            user.forked(response);
        }
    }
}
