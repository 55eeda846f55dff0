package dev.trunkline.rtc.room;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.rtp.AudioLevels;
import dev.trunkline.rtc.rtp.ReportBlock;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.rtp.RtpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;

/** The track that we publish: writes, encrypts and sends each packet in one buffer. */
final class PublishedTrack implements LocalAudioTrack {

    /** Ethernet's MTU, less IPv6 and UDP headers: longer packets would be fragmented. */
    private static final int LONGEST_PACKET = 1452;

    private static final double NANOS = 1e9;

    private final String sid;
    private final AudioCodec codec;
    private final long ssrc;
    private final RtpWriter writer;
    private final MediaTransport transport;
    private final byte[] packet = new byte[LONGEST_PACKET];

    private final Counter packets = new Counter();
    private final Counter octets = new Counter();
    private final Counter failures = new Counter();
    private long lastTimestamp;
    private long lastSentAt;
    private volatile ReportBlock lastReport = new ReportBlock(0, 0, 0, 0, 0, 0, 0);

    /** @param audioLevelId the header extension's id; 0 if the server did not accept it */
    PublishedTrack(String sid, AudioCodec codec, long ssrc, int audioLevelId, MediaTransport transport) {
        this.sid = sid;
        this.codec = codec;
        this.ssrc = ssrc;
        this.writer = new RtpWriter(ssrc, audioLevelId);
        this.transport = transport;
    }

    @Override
    public String sid() {
        return sid;
    }

    @Override
    public AudioCodec codec() {
        return codec;
    }

    @Override
    public void send(int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length) {
        send(sequence, timestamp, marker, payload, offset, length, AudioLevels.of(codec, payload, offset, length));
    }

    @Override
    public void send(
            int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length, int audioLevel) {
        if (length > LONGEST_PACKET - RtpWriter.OVERHEAD - SrtpSession.TAIL) {
            throw new IllegalArgumentException("a payload of " + length + " octets does not fit into one packet");
        }
        int begin = writer.header(packet, codec.payloadType(), marker, sequence, timestamp, audioLevel);
        System.arraycopy(payload, offset, packet, begin, length);
        if (transport.sendRtp(packet, begin + length)) {
            packets.increment();
            octets.add(length);
            lastTimestamp = timestamp;
            lastSentAt = System.nanoTime();
        } else {
            failures.increment();
        }
    }

    boolean hasSent() {
        return packets.get() > 0;
    }

    /** The contents of a sender report sent now: its timestamp is that of this very moment (RFC 3550 section 6.4.1). */
    RtcpWriter.SenderInfo senderInfo(long ntp, long nanos) {
        long now = lastTimestamp + (long) ((nanos - lastSentAt) * (codec.clockRate() / NANOS));
        return new RtcpWriter.SenderInfo(ntp, now & 0xffff_ffffL, packets.get(), octets.get());
    }

    /** @return whether the report is about this track */
    boolean reported(ReportBlock block) {
        if (block.ssrc() != ssrc) {
            return false;
        }
        lastReport = block;
        return true;
    }

    ReportBlock lastReport() {
        return lastReport;
    }

    long packets() {
        return packets.get();
    }

    long octets() {
        return octets.get();
    }

    long failures() {
        return failures.get();
    }
}
