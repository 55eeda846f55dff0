package dev.trunkline.phone;

import dev.trunkline.phone.sip.ClientTransaction;
import dev.trunkline.phone.sip.Headers;
import dev.trunkline.phone.sip.SipResponse;
import java.util.function.Consumer;

/** Passes the final response to a request on as a {@link Reply}. */
record ReplyTo(Consumer<Reply> reply) implements ClientTransaction.Listener {

    static Reply of(SipResponse response) {
        return new Reply(response.status(), response.reason(), response.headers(), response.body());
    }

    /** Returns the reply for a missing response, which counts as 408 (RFC 3261 8.1.3.1). */
    static Reply none(String why) {
        return new Reply(408, why, Headers.none(), "");
    }

    @Override
    public void response(SipResponse response) {
        if (response.isFinal()) {
            reply.accept(of(response));
        }
    }

    @Override
    public void timedOut() {
        reply.accept(none("no answer"));
    }
}
