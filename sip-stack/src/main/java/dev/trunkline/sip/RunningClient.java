package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.transaction.Action;
import dev.trunkline.sip.transaction.Input;
import dev.trunkline.sip.transaction.Machine;
import dev.trunkline.sip.transport.Endpoint;
import dev.trunkline.sip.transport.Peer;
import java.util.Optional;

/**
 * One client transaction.
 *
 * @param <S> states of its machine
 */
final class RunningClient<S> extends Running<S> {
    /** Receives its responses and its failure. */
    interface User {
        void told(RunningClient<?> transaction, SipResponse response);

        /** @param status 408 or 503 */
        void failed(RunningClient<?> transaction, int status);
    }

    /** @param method in the CSeq of its responses (RFC 3261 section 17.1.3) */
    record Key(String branch, String method) {}

    private final Key key;
    private final Endpoint endpoint;
    private final Peer peer;
    private final Lane<?> lane;
    private final ClientSide side;
    private final User user;
    /** The request; after a final response other than 2xx, its ACK. */
    private byte[] sent;
    private boolean acknowledged;
    private Optional<SipResponse> current = Optional.empty();

    RunningClient(
            Key key,
            byte[] request,
            Endpoint endpoint,
            Peer peer,
            Machine<S> machine,
            Lane<?> lane,
            ClientSide side,
            User user) {
        super(machine, lane);
        this.key = key;
        this.sent = request;
        this.endpoint = endpoint;
        this.peer = peer;
        this.lane = lane;
        this.side = side;
        this.user = user;
    }

    void take(SipResponse response) {
        current = Optional.of(response);
        try {
            on(new Input.Responded(response.status()));
        } finally {
            current = Optional.empty();
        }
    }

    @Override
    void act(Action action) {
        switch (action) {
            case Action.Send(), Action.SendAgain() -> send();
            case Action.Acknowledge() -> acknowledge();
            case Action.SendCancel() -> side.sendCancel(sent, key.branch(), endpoint, peer);
            case Action.Tell() -> current.ifPresent(response -> user.told(this, response));
            case Action.TellTimeout() -> user.failed(this, SipResponse.REQUEST_TIMEOUT);
            case Action.TellUnsent() -> user.failed(this, SipResponse.SERVICE_UNAVAILABLE);
            default -> throw new IllegalStateException("a client transaction does not " + action);
        }
    }

    private void send() {
        side.sends(sent, endpoint, peer);
        endpoint.send(sent, peer, () -> lane.execute(() -> on(new Input.Unsent())));
    }

    /** Replaces the INVITE by the ACK, which is needed when the response is retransmitted. */
    private void acknowledge() {
        if (!acknowledged && current.isPresent()) {
            acknowledged = true;
            sent = MessageWriter.ack(sent, current.get());
        }
        side.sends(sent, endpoint, peer);
        endpoint.send(sent, peer, () -> { });
    }

    @Override
    void broken() {
        user.failed(this, SipResponse.SERVICE_UNAVAILABLE);
    }

    @Override
    void forget() {
        side.forget(this);
    }

    Key key() {
        return key;
    }
}
