package dev.trunkline.rtc.room;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trunkline.rtc.RtcException;
import dev.trunkline.rtc.loop.LoopDeadline;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.sctp.ChannelConfig;
import dev.trunkline.rtc.sctp.DataChannel;
import dev.trunkline.rtc.sctp.SctpAssociation;
import dev.trunkline.rtc.sctp.SctpListener;
import dev.trunkline.rtc.sctp.SctpSettings;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import livekit.LivekitModels;
import org.jboss.logging.Logger;

/** LiveKit's two data channels, which we open because we are the offerer: over SCTP over the room's DTLS. */
final class DataChannels implements SctpListener {

    private static final Logger LOG = Logger.getLogger(DataChannels.class);

    private static final String RELIABLE = "_reliable";
    private static final String LOSSY = "_lossy";

    private final String logLabel;
    private final BiConsumer<LivekitModels.DataPacket, Boolean> incoming;
    private final SctpAssociation association;
    private final LoopDeadline timer;
    private final DataChannel reliable;
    private final DataChannel lossy;
    private boolean closed;

    /** @param incoming receives each packet, and whether it arrived reliably */
    DataChannels(MediaLoop loop, MediaTransport transport, RandomGenerator random, String logLabel,
            BiConsumer<LivekitModels.DataPacket, Boolean> incoming) {
        this.logLabel = logLabel;
        this.incoming = incoming;
        this.association =
                new SctpAssociation(SctpSettings.defaults(), System::nanoTime, random, transport::sendData, this);
        this.timer = new LoopDeadline(loop, System::nanoTime, this::timeout);
        this.association.start();
        this.reliable = association.open(ChannelConfig.reliable(RELIABLE));
        this.lossy = association.open(ChannelConfig.lossy(LOSSY));
        arm();
    }

    void feed(byte[] packet) {
        if (!closed) {
            try {
                association.feed(packet);
            } finally {
                arm();
            }
        }
    }

    /** @throws RtcException if the channel is gone, too much is waiting, or the packet is too long */
    void send(LivekitModels.DataPacket packet, boolean reliably) {
        try {
            (reliably ? reliable : lossy).send(packet.toByteArray());
        } catch (IllegalStateException e) {
            throw new RtcException(RtcException.Kind.CLOSED, "the data channel accepts no messages: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new RtcException(RtcException.Kind.REFUSED, "the data message is too long: " + e.getMessage(), e);
        }
        arm();
    }

    /** Sends nothing: DTLS, which closes underneath, tells the server, and the server would take an abort for a fault. */
    void close() {
        closed = true;
        timer.close();
    }

    @Override
    public void onMessage(DataChannel channel, boolean binary, byte[] message) {
        try {
            incoming.accept(LivekitModels.DataPacket.parseFrom(message), channel.label().equals(RELIABLE));
        } catch (InvalidProtocolBufferException e) {
            LOG.debugf("%s a data message was not a DataPacket", logLabel);
        }
    }

    private void timeout() {
        association.onTimer();
        arm();
    }

    private void arm() {
        timer.arm(association.nextTimeout());
    }
}
