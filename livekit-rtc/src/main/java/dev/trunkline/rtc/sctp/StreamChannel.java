package dev.trunkline.rtc.sctp;

import java.nio.charset.StandardCharsets;

/**
 * A data channel on its pair of streams.
 *
 * <pre>
 *  open() -> CONNECTING --ACK or a message--> OPEN --close() or peer's reset--> CLOSING --both reset--> CLOSED
 * </pre>
 */
final class StreamChannel implements DataChannel {
    private final Channels channels;
    private final int id;
    private final ChannelConfig config;
    State state;
    boolean outgoingReset;
    boolean incomingReset;
    /** Until the peer is known to have the configuration, all messages are ordered after it (RFC 8832 section 6). */
    boolean acknowledged;

    StreamChannel(Channels channels, int id, ChannelConfig config, State state) {
        this.channels = channels;
        this.id = id;
        this.config = config;
        this.state = state;
        this.acknowledged = state == State.OPEN;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void send(byte[] message) {
        if (message.length == 0) {
            channels.send(this, Ppid.BINARY_EMPTY, new byte[1]);
        } else {
            channels.send(this, Ppid.BINARY, message.clone());
        }
    }

    @Override
    public void sendText(String message) {
        if (message.isEmpty()) {
            channels.send(this, Ppid.STRING_EMPTY, new byte[1]);
        } else {
            channels.send(this, Ppid.STRING, message.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public long bufferedAmount() {
        return channels.bufferedAmount(id);
    }

    @Override
    public void close() {
        channels.close(this);
    }

    boolean isUsable() {
        return state == State.CONNECTING || state == State.OPEN;
    }

    @Override
    public String toString() {
        return "DataChannel[" + id + " " + config.label() + " " + state + "]";
    }
}
