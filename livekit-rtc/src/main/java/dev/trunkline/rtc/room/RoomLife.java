package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RtcException;
import java.time.Duration;

/**
 * The lifecycle of a room, as a pure state machine: events go in as method calls, and decisions come out as calls of
 * {@link Actions}.
 *
 * <pre>
 *      .--media path silent: start it over
 *      |  |
 *   JOINING --welcomed, media up, track published--> CONNECTED
 *      |                                              |     ^
 *      | any failure, time up,          signalling or |     | both are back
 *      | leave                             media lost v     |
 *      |                                            RESUMING --time up--.
 *      v                                              |                 |
 *    CLOSED <--leave, from the server or from us------'-----------------'
 * </pre>
 */
final class RoomLife {

    /** The state. */
    sealed interface State {

        record Joining(boolean welcomed, boolean media, boolean published) implements State {
        }

        record Connected() implements State {
        }

        /** @param attempt counts the WebSockets that were tried */
        record Resuming(boolean signal, boolean media, int attempt) implements State {
        }

        record Closed() implements State {
        }
    }

    /** What the server asks us to do in its leave request. */
    enum ServerWish { DISCONNECT, RESUME, REJOIN }

    /** The actions to carry out. */
    interface Actions {

        void joined();

        /** Everything must be released. */
        void joinFailed(RtcException why);

        /** Nothing answers on the media path: it must be started over. */
        void startMediaOver(Duration silence);

        /** The time for resuming begins. */
        void reconnecting();

        void reconnected();

        /** @param attempt from 1; the first is made at once, later ones after a pause */
        void resumeSignalling(int attempt);

        /** Signalling is back: the server must be told our state and sent a new offer. */
        void resynchronise(boolean restartIce);

        /** Signalling is up, media is not. */
        void restartIce();

        /** Everything must be released. */
        void disconnected(DisconnectReason reason);
    }

    private final Actions actions;
    private State state;

    /** @param publishing whether the join is complete only when a track is published */
    RoomLife(boolean publishing, Actions actions) {
        this.actions = actions;
        this.state = new State.Joining(false, false, !publishing);
    }

    State state() {
        return state;
    }

    boolean isClosed() {
        return state instanceof State.Closed;
    }

    /** The server's join response. */
    void welcomed() {
        if (state instanceof State.Joining(boolean welcomed, boolean media, boolean published)) {
            joining(new State.Joining(true, media, published));
        }
    }

    void published() {
        if (state instanceof State.Joining(boolean welcomed, boolean media, boolean published)) {
            joining(new State.Joining(welcomed, media, true));
        }
    }

    void mediaUp() {
        switch (state) {
            case State.Joining(boolean welcomed, boolean media, boolean published) ->
                joining(new State.Joining(welcomed, true, published));
            case State.Resuming(boolean signal, boolean media, int attempt) ->
                resuming(new State.Resuming(signal, true, attempt));
            case State.Connected connected -> { }
            case State.Closed closed -> { }
        }
    }

    void mediaLost() {
        switch (state) {
            case State.Joining joining -> fail(new RtcException(
                    RtcException.Kind.ICE_FAILED, "the media path was lost while joining"));
            case State.Connected connected -> {
                state = new State.Resuming(true, false, 0);
                actions.reconnecting();
                actions.restartIce();
            }
            case State.Resuming(boolean signal, boolean media, int attempt) -> {
                state = new State.Resuming(signal, false, attempt);
                if (signal) {
                    actions.restartIce();
                }
            }
            case State.Closed closed -> { }
        }
    }

    /** Nothing has answered on the media path for as long as a join waits. */
    void mediaSilent(Duration silence) {
        if (state instanceof State.Joining(boolean welcomed, boolean media, boolean published) && !media) {
            actions.startMediaOver(silence);
        }
    }

    void signalLost(RtcException why) {
        switch (state) {
            case State.Joining joining -> fail(why);
            case State.Connected connected -> {
                state = new State.Resuming(false, true, 1);
                actions.reconnecting();
                actions.resumeSignalling(1);
            }
            case State.Resuming(boolean signal, boolean media, int attempt) -> {
                state = new State.Resuming(false, media, attempt + 1);
                actions.resumeSignalling(attempt + 1);
            }
            case State.Closed closed -> { }
        }
    }

    /** The server's reconnect response. */
    void signalResumed() {
        if (state instanceof State.Resuming(boolean signal, boolean media, int attempt) && !signal) {
            actions.resynchronise(!media);
            resuming(new State.Resuming(true, media, attempt));
        }
    }

    void serverLeft(ServerWish wish, DisconnectReason reason) {
        if (state instanceof State.Joining) {
            fail(new RtcException(RtcException.Kind.ENDED, "the server ended the session while it was being set up: " + reason));
            return;
        }
        switch (wish) {
            case RESUME -> signalLost(new RtcException(RtcException.Kind.UNREACHABLE, "the server asked to resume"));
            case REJOIN -> close(DisconnectReason.REJOIN_REQUIRED);
            case DISCONNECT -> close(reason);
        }
    }

    /** An error that cannot be recovered from. */
    void failed(RtcException why) {
        if (state instanceof State.Joining) {
            fail(why);
        } else {
            close(DisconnectReason.CONNECTION_LOST);
        }
    }

    /** We leave. */
    void left(DisconnectReason reason) {
        if (state instanceof State.Joining) {
            fail(new RtcException(RtcException.Kind.CLOSED, "left while joining"));
        } else {
            close(reason);
        }
    }

    void joinTimeUp(boolean iceSelected) {
        if (state instanceof State.Joining(boolean welcomed, boolean media, boolean published)) {
            if (!welcomed) {
                fail(new RtcException(RtcException.Kind.TIMEOUT, "the server did not answer the join in time"));
            } else if (!media) {
                fail(iceSelected
                        ? new RtcException(RtcException.Kind.TIMEOUT, "the DTLS handshake took too long")
                        : new RtcException(RtcException.Kind.ICE_FAILED, "no UDP candidate of the server answered: "
                                + "check its rtc.port_range_start, rtc.node_ip and the firewall between"));
            } else {
                fail(new RtcException(RtcException.Kind.TIMEOUT,
                        "the server did not accept the track in time: does the token allow publishing?"));
            }
        }
    }

    void resumeTimeUp() {
        if (state instanceof State.Resuming) {
            close(DisconnectReason.CONNECTION_LOST);
        }
    }

    private void joining(State.Joining now) {
        if (now.welcomed() && now.media() && now.published()) {
            state = new State.Connected();
            actions.joined();
        } else {
            state = now;
        }
    }

    private void resuming(State.Resuming now) {
        if (now.signal() && now.media()) {
            state = new State.Connected();
            actions.reconnected();
        } else {
            state = now;
        }
    }

    private void fail(RtcException why) {
        state = new State.Closed();
        actions.joinFailed(why);
    }

    private void close(DisconnectReason reason) {
        if (!isClosed()) {
            state = new State.Closed();
            actions.disconnected(reason);
        }
    }
}
