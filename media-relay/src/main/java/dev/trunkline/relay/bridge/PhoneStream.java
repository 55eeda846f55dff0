package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfSender;
import dev.trunkline.relay.rtp.RtcpWriter;
import dev.trunkline.relay.rtp.RtpHeader;
import dev.trunkline.relay.rtp.RtpWriter;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.codec.G711;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The one RTP stream that the phone gets: one SSRC, one continuous numbering, whoever speaks. Packets made here count as
 * those of one more sender beside the room's. Lives on the media loop.
 */
final class PhoneStream {
    /** No SSRC has this value: it is that of what is made here. */
    private static final long LOCAL = -1;
    private static final int UNIT_NANOS = 125_000;

    private final PhoneSide phone;
    private final PhonePort port;
    private final RtpWriter writer;
    private final SequenceMapper numbering;
    private int localSequence;
    private long lastLocalTimestamp;
    private long lastSentNanos;
    private long lastTimestamp;
    private long packets;
    private long octets;

    PhoneStream(PhoneSide phone, PhonePort port, long ssrc, SequenceMapper numbering) {
        this.phone = phone;
        this.port = port;
        this.writer = new RtpWriter(ssrc);
        this.numbering = numbering;
    }

    /** Sends a packet of the room as it is, or by table where the phone has the other law. */
    void forward(RtpPacket packet, G711 law, long nowNanos) {
        Outcome outcome = numbering.map(
                packet.ssrc(), packet.sequence(), packet.timestamp(), nowNanos / UNIT_NANOS);
        if (outcome == Outcome.DROP) {
            phone.counts.add(Kind.LATE);
            return;
        }
        int length = packet.payloadLength();
        if (law == phone.media().law()) {
            System.arraycopy(packet.buffer(), packet.payloadOffset(), writer.buffer(), RtpHeader.LENGTH, length);
        } else {
            law.cross(packet.buffer(), packet.payloadOffset(), length, writer.buffer(), RtpHeader.LENGTH);
        }
        boolean marker = packet.marker() || outcome == Outcome.RESTARTED;
        send(phone.media().payloadType(), marker, numbering.timestamp(), length, nowNanos);
    }

    /** Sends one frame of samples. */
    void encode(short[] pcm, long localTimestamp, long nowNanos) {
        phone.media().law().encode(pcm, 0, Mixer.FRAME, writer.buffer(), RtpHeader.LENGTH);
        sendFrame(localTimestamp, nowNanos);
    }

    /** Sends one frame of silence. */
    void silence(long localTimestamp, long nowNanos) {
        java.util.Arrays.fill(
                writer.buffer(), RtpHeader.LENGTH, RtpHeader.LENGTH + Mixer.FRAME, phone.media().law().silence());
        sendFrame(localTimestamp, nowNanos);
    }

    private void sendFrame(long localTimestamp, long nowNanos) {
        boolean afterPause = localTimestamp - lastLocalTimestamp != Mixer.FRAME;
        lastLocalTimestamp = localTimestamp;
        boolean marker = local(localTimestamp, nowNanos) || afterPause;
        send(phone.media().payloadType(), marker, numbering.timestamp(), Mixer.FRAME, nowNanos);
    }

    /** Sends one packet of a key (RFC 4733). */
    void key(byte[] payload, long localTimestamp, boolean marker, long nowNanos) {
        System.arraycopy(payload, 0, writer.buffer(), RtpHeader.LENGTH, DtmfSender.PAYLOAD_LENGTH);
        local(localTimestamp, nowNanos);
        send(phone.media().dtmfPayloadType().orElseThrow(), marker, numbering.timestamp(), DtmfSender.PAYLOAD_LENGTH,
                nowNanos);
    }

    private boolean local(long localTimestamp, long nowNanos) {
        localSequence = localSequence + 1 & 0xffff;
        return numbering.map(LOCAL, localSequence, localTimestamp, nowNanos / UNIT_NANOS) == Outcome.RESTARTED;
    }

    private void send(int payloadType, boolean marker, long timestamp, int payloadLength, long nowNanos) {
        Optional<InetSocketAddress> to = phone.latch.destination();
        lastSentNanos = nowNanos;
        lastTimestamp = timestamp;
        int length = writer.header(payloadType, marker, numbering.sequence(), timestamp, payloadLength);
        if (to.isPresent() && port.sendRtp(to.get(), writer.buffer(), length)) {
            packets++;
            octets += payloadLength;
            phone.counts.add(Kind.ROOM_TO_PHONE);
        } else {
            phone.counts.add(Kind.UNSENT);
        }
    }

    /** Silence is counted from here. */
    void pauseFrom(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    long lastSentNanos() {
        return lastSentNanos;
    }

    long packets() {
        return packets;
    }

    /** For a sender report: the timestamp is that of now on the stream's own clock. */
    RtcpWriter.Sent sent(long nowNanos) {
        return new RtcpWriter.Sent(packets, octets, lastTimestamp + (nowNanos - lastSentNanos) / UNIT_NANOS);
    }
}
