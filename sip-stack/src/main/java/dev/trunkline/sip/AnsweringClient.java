package dev.trunkline.sip;

import dev.trunkline.sip.auth.Challenger;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.function.Consumer;

/**
 * Sends requests, and answers challenges for credentials (RFC 3261 section 22). Its user sees a 401 or 407 only if the
 * challenge cannot be answered. A request that is sent again has the next CSeq number, which {@link SipResponse#cseq} of its
 * outcome returns. Thread-safe.
 */
public final class AnsweringClient implements UserAgentClient {
    private final UserAgentClient client;
    private final DigestSession session;

    /** @param session with the peer that receives the requests */
    public AnsweringClient(UserAgentClient client, DigestSession session) {
        this.client = client;
        this.session = session;
    }

    @Override
    public ClientTransaction send(OutgoingRequest request, Consumer<SipResponse> outcome) {
        return send(request, answering(outcome));
    }

    @Override
    public ClientTransaction send(OutgoingRequest request, ResponseHandler outcome) {
        return send(request, outcome, why -> { });
    }

    /** @param givenUp called just before the 401 or 407 with the reason why the challenge was not answered, in plain words */
    public ClientTransaction send(OutgoingRequest request, ResponseHandler outcome, Consumer<String> givenUp) {
        var call = new Call(request, outcome, givenUp);
        call.send(request.cseq());
        return call;
    }

    /** Sends the ACK unchanged. The caller must include the credentials that the INVITE carried (RFC 3261 section 13.2.2.4). */
    @Override
    public void acknowledge(OutgoingRequest ack) {
        client.acknowledge(ack);
    }

    static ResponseHandler answering(Consumer<SipResponse> outcome) {
        return new ResponseHandler() {
            @Override
            public void answered(SipResponse response) {
                outcome.accept(response);
            }

            @Override
            public void progressed(SipResponse response) {
                // The user did not ask for provisional responses.
            }
        };
    }

    /** One request until its outcome. Its responses arrive on one lane; it may be cancelled from any thread. */
    private final class Call implements ClientTransaction, ResponseHandler {
        private final OutgoingRequest request;
        private final ResponseHandler outcome;
        private final Consumer<String> givenUp;
        private final DigestSession.Exchange exchange;
        private volatile ClientTransaction current = () -> { };
        private volatile boolean cancelled;

        Call(OutgoingRequest request, ResponseHandler outcome, Consumer<String> givenUp) {
            this.request = request;
            this.outcome = outcome;
            this.givenUp = givenUp;
            this.exchange = session.exchange(request.method(), request.requestUri());
        }

        void send(long cseq) {
            OutgoingRequest now = request.again(cseq, exchange.headers());
            outcome.sending(now);
            current = client.send(now, this);
            if (cancelled) {
                // The cancellation may have reached the previous transaction only.
                current.cancel();
            }
        }

        @Override
        public void answered(SipResponse response) {
            if (Challenger.of(response.status()).isEmpty()) {
                exchange.answered(response.headers());
                outcome.answered(response);
                return;
            }
            switch (exchange.challenged(response.status(), response.headers())) {
                case DigestSession.Outcome.Again again when !cancelled -> send(response.cseq() + 1);
                case DigestSession.Outcome.Again again ->
                    outcome.answered(SipResponse.missing(request, ClientCall.REQUEST_TERMINATED));
                case DigestSession.Outcome.GivenUp(var why) -> {
                    givenUp.accept(why);
                    outcome.answered(response);
                }
            }
        }

        @Override
        public void progressed(SipResponse response) {
            outcome.progressed(response);
        }

        @Override
        public void forked(SipResponse response) {
            outcome.forked(response);
        }

        @Override
        public void cancel() {
            cancelled = true;
            current.cancel();
        }
    }
}
