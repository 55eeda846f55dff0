package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.transaction.Action;
import dev.trunkline.sip.transaction.Input;
import dev.trunkline.sip.transaction.Machine;
import dev.trunkline.sip.transport.ReturnPath;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The state of an incoming request that is being answered or has been answered: its key, the destination of its responses, the
 * octets of the last one. The request itself is held only until its final response.
 *
 * @param <S> states of its machine
 */
final class KeptServer<S> extends Running<S> {
    /** What the server side that owns it does for it. */
    interface Owner {
        /** Takes the ACK of a 2xx that belongs to it. */
        void acknowledged(SipRequest ack);

        /** Returns the 100 response, needed because the user has sent none for 200 ms. */
        byte[] trying(LaneServerTransaction transaction);

        /** Adds to the number of octets that it holds; negative if it holds fewer than before. */
        void holds(long more);

        void forget(KeptServer<?> kept);

        /** Reports a response that is about to be sent. */
        void sends(byte[] response, ReturnPath path);
    }

    private final ServerKey key;
    private final Optional<Identity> identity;
    private final ReturnPath path;
    private final Lane<?> lane;
    private final Owner owner;
    private final LongSupplier nanoTime;
    private Optional<Consumer<ServerTransaction>> taker;
    /** Present until its final response. */
    private Optional<LaneServerTransaction> transaction = Optional.empty();
    private Optional<SipRequest> ack = Optional.empty();
    private byte[] last = new byte[0];
    private long lastSent;
    private long octets;

    KeptServer(
            ServerKey key,
            Optional<Identity> identity,
            ReturnPath path,
            Machine<S> machine,
            Lane<?> lane,
            Owner owner,
            LongSupplier nanoTime,
            Consumer<ServerTransaction> taker) {
        super(machine, lane);
        this.key = key;
        this.identity = identity;
        this.path = path;
        this.lane = lane;
        this.owner = owner;
        this.nanoTime = nanoTime;
        this.taker = Optional.of(taker);
    }

    /** @param size of the request, in octets */
    void begin(LaneServerTransaction handle, long size) {
        this.transaction = Optional.of(handle);
        hold(size);
        begin();
    }

    private void hold(long now) {
        owner.holds(now - octets);
        octets = now;
    }

    void respond(int status, byte[] response) {
        last = response;
        if (status >= 200) {
            // Its user may keep the request; the transaction does not.
            transaction = Optional.empty();
            hold(response.length);
        }
        on(new Input.Respond(status));
    }

    void acknowledge(SipRequest request) {
        ack = Optional.of(request);
        try {
            on(new Input.Acknowledged());
        } finally {
            ack = Optional.empty();
        }
    }

    @Override
    void act(Action action) {
        switch (action) {
            case Action.Tell() -> tell();
            case Action.Send(), Action.SendAgain() -> send(last);
            case Action.SendTrying() -> transaction.ifPresent(handle -> {
                last = owner.trying(handle);
                send(last);
            });
            default -> throw new IllegalStateException("a server transaction does not " + action);
        }
    }

    /** Hands over the request first, then ACKs. */
    private void tell() {
        Optional<Consumer<ServerTransaction>> first = taker;
        taker = Optional.empty();
        if (first.isPresent()) {
            transaction.ifPresent(first.get());
        } else {
            ack.ifPresent(owner::acknowledged);
        }
    }

    /** Sends a response outside the state machine, such as the 2xx that its user repeats. */
    void send(byte[] response) {
        if (response.length > 0) {
            lastSent = nanoTime.getAsLong();
            owner.sends(response, path);
            path.send(response, this::unsent);
        }
    }

    private void unsent() {
        lane.execute(() -> on(new Input.Unsent()));
    }

    /** Returns whether a response was sent within that time. */
    boolean sentWithin(long nanos) {
        return last.length > 0 && nanoTime.getAsLong() - lastSent < nanos;
    }

    @Override
    void forget() {
        transaction = Optional.empty();
        hold(0);
        owner.forget(this);
    }

    ServerKey key() {
        return key;
    }

    Optional<Identity> identity() {
        return identity;
    }

    ReturnPath path() {
        return path;
    }

    /** Returns the transaction while it has no final response. */
    Optional<LaneServerTransaction> waiting() {
        return transaction;
    }
}
