package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The data channels of an association, and DCEP between our side and the peer's (RFC 8831, RFC 8832). */
final class Channels {
    private static final int MAX_ID = 65_534;

    private final SctpSettings settings;
    private final LongSupplier clock;
    private final Transmitter transmitter;
    private final StreamResets resets;
    private final SctpListener listener;
    private final Runnable flush;
    private final Map<Integer, StreamChannel> byId = new TreeMap<>();
    private boolean ended;
    private boolean resettable = true;

    Channels(SctpSettings settings, LongSupplier clock, Transmitter transmitter, StreamResets resets,
            SctpListener listener, Runnable flush) {
        this.settings = settings;
        this.clock = clock;
        this.transmitter = transmitter;
        this.resets = resets;
        this.listener = listener;
        this.flush = flush;
    }

    /** Applies the peer's parameters from the handshake. Channels that were negotiated elsewhere are open from here on. */
    void established(InitParameters peer) {
        resettable = peer.reconfig();
        for (StreamChannel channel : List.copyOf(byId.values())) {
            if (channel.state == DataChannel.State.OPEN) {
                listener.onOpen(channel);
            }
        }
    }

    StreamChannel open(ChannelConfig config) {
        requireAlive();
        int id = freeId();
        StreamChannel channel = new StreamChannel(this, id, config, DataChannel.State.CONNECTING);
        byId.put(id, channel);
        transmit(channel, Ppid.DCEP, Dcep.open(config));
        flush.run();
        return channel;
    }

    StreamChannel openNegotiated(int id, ChannelConfig config, boolean established) {
        requireAlive();
        if (id < 0 || id > MAX_ID || byId.containsKey(id)) {
            throw new IllegalArgumentException("Data channel id " + id + " is taken or not between 0 and " + MAX_ID);
        }
        StreamChannel channel = new StreamChannel(this, id, config, DataChannel.State.OPEN);
        byId.put(id, channel);
        if (established) {
            listener.onOpen(channel);
        }
        return channel;
    }

    List<DataChannel> open() {
        return List.copyOf(byId.values());
    }

    private void requireAlive() {
        if (ended) {
            throw new IllegalStateException("The SCTP association has ended");
        }
        if (byId.size() >= settings.maxChannels()) {
            throw new IllegalStateException("All " + settings.maxChannels() + " data channels are in use");
        }
    }

    /** Even for the DTLS client, odd for the server (RFC 8832 section 6). */
    private int freeId() {
        int id = settings.dtlsClient() ? 0 : 1;
        while (byId.containsKey(id)) {
            id += 2;
        }
        if (id > MAX_ID) {
            throw new IllegalStateException("No data channel id is left");
        }
        return id;
    }

    void send(StreamChannel channel, int ppid, byte[] message) {
        if (!channel.isUsable()) {
            throw new IllegalStateException("Data channel " + channel.id() + " is closed");
        }
        if (message.length > settings.maxMessageSize()) {
            throw new IllegalArgumentException("A message of " + message.length + " bytes is longer than "
                    + settings.maxMessageSize());
        }
        if (transmitter.pending().bytes() + message.length > settings.maxBufferedBytes()) {
            throw new IllegalStateException("More than " + settings.maxBufferedBytes()
                    + " bytes are waiting to be sent; wait until bufferedAmount() falls");
        }
        transmit(channel, ppid, message);
        flush.run();
    }

    long bufferedAmount(int id) {
        return transmitter.pending().bytes(id);
    }

    private void transmit(StreamChannel channel, int ppid, byte[] message) {
        boolean dcep = ppid == Ppid.DCEP;
        transmitter.queue(new OutgoingMessage(channel.id(), ppid,
                dcep || !channel.acknowledged || channel.config().ordered(),
                dcep ? new Reliability.Full() : channel.config().reliability(), message, clock.getAsLong()));
    }

    void onMessage(int streamId, int ppid, byte[] message) {
        StreamChannel channel = byId.get(streamId);
        if (ppid == Ppid.DCEP) {
            Dcep.parse(message).ifPresent(dcep -> onDcep(streamId, dcep));
        } else if (channel != null && Ppid.isUserMessage(ppid)) {
            if (message.length > settings.maxMessageSize()) {
                close(channel); // RFC 8831 section 6.6
                return;
            }
            acknowledge(channel); // a message implies an ACK (RFC 8832 section 6)
            if (!channel.incomingReset && channel.state != DataChannel.State.CLOSED) {
                listener.onMessage(channel, Ppid.isBinary(ppid), Ppid.isEmpty(ppid) ? new byte[0] : message);
            }
        }
    }

    private void onDcep(int streamId, Dcep dcep) {
        StreamChannel channel = byId.get(streamId);
        switch (dcep) {
            case Dcep.Ack _ when channel != null -> acknowledge(channel);
            case Dcep.Open(ChannelConfig config) when channel == null -> {
                if (ended || streamId > MAX_ID || byId.size() >= settings.maxChannels()) {
                    resets.reset(streamId);
                    return;
                }
                StreamChannel opened = new StreamChannel(this, streamId, config, DataChannel.State.OPEN);
                byId.put(streamId, opened);
                transmit(opened, Ppid.DCEP, Dcep.ack());
                listener.onOpen(opened);
            }
            default -> { } // an ACK without an OPEN, or an OPEN of an open channel
        }
    }

    private void acknowledge(StreamChannel channel) {
        channel.acknowledged = true;
        if (channel.state == DataChannel.State.CONNECTING) {
            channel.state = DataChannel.State.OPEN;
            listener.onOpen(channel);
        }
    }

    void close(StreamChannel channel) {
        if (!channel.isUsable()) {
            return;
        }
        channel.state = DataChannel.State.CLOSING;
        if (resettable) {
            resets.reset(channel.id());
        } else {
            remove(channel);
        }
        flush.run();
    }

    /** The peer answered our reset. */
    void onOutgoingReset(int streamId) {
        transmitter.pending().reset(streamId);
        StreamChannel channel = byId.get(streamId);
        if (channel != null) {
            channel.outgoingReset = true;
            closeIfBothReset(channel);
        }
    }

    /** The peer closes its side, so we close ours. */
    void onIncomingReset(int streamId) {
        StreamChannel channel = byId.get(streamId);
        if (channel != null) {
            channel.incomingReset = true;
            close(channel);
            closeIfBothReset(channel);
        }
    }

    List<Integer> ids() {
        return List.copyOf(byId.keySet());
    }

    private void closeIfBothReset(StreamChannel channel) {
        if (channel.incomingReset && channel.outgoingReset) {
            remove(channel);
        }
    }

    private void remove(StreamChannel channel) {
        channel.state = DataChannel.State.CLOSED;
        byId.remove(channel.id());
        listener.onClosed(channel);
    }

    void end() {
        ended = true;
        new ArrayList<>(byId.values()).forEach(this::remove);
    }
}
