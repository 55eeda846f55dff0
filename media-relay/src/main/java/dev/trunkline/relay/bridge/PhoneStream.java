package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.FrameEncoder;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.PacketCutter;
import dev.trunkline.relay.audio.PacketPace;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfSender;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.rtp.RtpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The one RTP stream that the phone gets: one SSRC and one continuous numbering, whoever speaks, in packets of the length that
 * the phone wants. Packets made here count as those of one more sender beside the room's. Lives on the media loop.
 */
final class PhoneStream implements AutoCloseable {
    /** Stands for the SSRC of the packets made here; no real SSRC has this value. */
    private static final long LOCAL = -1;
    /** The largest payload that an Ethernet frame carries over UDP and IPv6. */
    static final int MOST_PAYLOAD = 1_440;

    private final PhoneSide phone;
    private final PhonePort port;
    private final RtpWriter writer;
    /** The packet that is being made: its payload begins where {@link RtpWriter#header} ends. */
    private final byte[] packet = new byte[RtpWriter.HEADER + MOST_PAYLOAD + SrtpSession.TAIL];
    private final SequenceMapper numbering;
    private final Codecs codecs;
    private final Timer timer;
    private PhoneCodec codec;
    private Optional<FrameEncoder> encoder = Optional.empty();
    private PacketCutter cutter;
    private PacketPace pace;
    private Outcome outcome = Outcome.DROP;
    private int localSequence;
    /** Timestamp of the first sample that waits to be sent, by the clock of the packets made here. */
    private long nextTimestamp;
    private long afterLastCut;
    private boolean timerRuns;
    private long lastSentNanos;
    private long lastTimestamp;
    private long packets;
    private long octets;

    PhoneStream(PhoneSide phone, PhonePort port, long ssrc, SequenceMapper numbering, Codecs codecs, Timer timer) {
        this.phone = phone;
        this.port = port;
        this.writer = new RtpWriter(ssrc);
        this.numbering = numbering;
        this.codecs = codecs;
        this.timer = timer;
        this.codec = phone.media().codec();
        this.cutter = cutter(phone.media());
        this.pace = new PacketPace(phone.media().ptime());
    }

    private static PacketCutter cutter(PhoneMedia media) {
        return new PacketCutter(media.codec().sampleRate(), media.ptime());
    }

    /** Runs a task on the loop after so many nanoseconds, and passes it the time at which it runs. */
    interface Timer {
        void after(long nanos, LongConsumer task);
    }

    /** The phone's codec or the length of its packets may have changed. */
    void renegotiated() {
        close();
        if (phone.media().codec() != codec) {
            codec = phone.media().codec();
            numbering.anew(codec.clockRate());
        }
        cutter = cutter(phone.media());
        pace = new PacketPace(phone.media().ptime());
    }

    /** Sends a packet of the room's G.711 as it is, or converted by table if the phone uses the other law. */
    void forward(RtpPacket from, G711 law, long nowNanos) {
        if (!map(from, nowNanos)) {
            return;
        }
        int length = from.payloadLength();
        if (codec.law().isPresent() && codec.law().get() == law) {
            copy(from, length);
        } else {
            law.cross(from.buffer(), from.payloadOffset(), length, packet, RtpWriter.HEADER);
        }
        forwarded(from, length, nowNanos);
    }

    /** Sends a packet that is in the phone's codec already. */
    void forwardUntouched(RtpPacket from, long nowNanos) {
        if (map(from, nowNanos)) {
            copy(from, from.payloadLength());
            forwarded(from, from.payloadLength(), nowNanos);
        }
    }

    private void copy(RtpPacket from, int length) {
        System.arraycopy(from.buffer(), from.payloadOffset(), packet, RtpWriter.HEADER, length);
    }

    private boolean map(RtpPacket from, long nowNanos) {
        outcome = numbering.map(from.ssrc(), from.sequence(), from.timestamp(), codec.units(nowNanos));
        if (outcome == Outcome.DROP) {
            phone.counts.add(Kind.LATE);
            return false;
        }
        return true;
    }

    private void forwarded(RtpPacket from, int length, long nowNanos) {
        cutter.clear();
        boolean marker = from.marker() || outcome == Outcome.RESTARTED;
        send(phone.media().payloadType(), marker, numbering.timestamp(), length, nowNanos);
    }

    /**
     * Takes a frame of 20 ms, which is sent as part of a packet or as several, each when it is due.
     *
     * @param localTimestamp of its first sample, by the phone's clock
     */
    void encode(short[] pcm, long localTimestamp, long nowNanos) {
        if (cutter.held() == 0) {
            pace.begin(nowNanos);
        }
        cutter.add(pcm);
        nextTimestamp = localTimestamp + units(Mixer.frame(codec.sampleRate()) - cutter.held());
        sendDue(nowNanos);
    }

    /** Sends the packets that are full and due; one that must wait is sent by its own timer. */
    private void sendDue(long nowNanos) {
        while (cutter.full()) {
            long early = pace.early(nowNanos);
            if (early > 0) {
                if (!timerRuns) {
                    timerRuns = true;
                    timer.after(early, this::timeCame);
                }
                return;
            }
            sendCut(nowNanos);
            pace.sent(nowNanos);
        }
    }

    private void timeCame(long nowNanos) {
        timerRuns = false;
        sendDue(nowNanos);
    }

    private void sendCut(long nowNanos) {
        if (encoder.isEmpty()) {
            encoder = Optional.of(codecs.toPhone(phone.media()));
        }
        int length = encoder.get().encode(
                cutter.samples(), 0, cutter.packetSamples(), packet, RtpWriter.HEADER);
        cutter.cut();
        boolean afterPause = nextTimestamp != afterLastCut;
        boolean marker = local(nextTimestamp, nowNanos) || afterPause;
        nextTimestamp += units(cutter.packetSamples());
        afterLastCut = nextTimestamp;
        send(phone.media().payloadType(), marker, numbering.timestamp(), length, nowNanos);
    }

    private long units(int samples) {
        return (long) samples * codec.clockRate() / codec.sampleRate();
    }

    /** Returns whether part of a packet waits for the rest. */
    boolean unfinished() {
        return cutter.held() > 0;
    }

    /** Sends one packet of a key (RFC 4733). */
    void key(byte[] payload, long localTimestamp, boolean marker, long nowNanos) {
        cutter.clear();
        System.arraycopy(payload, 0, packet, RtpWriter.HEADER, DtmfSender.PAYLOAD_LENGTH);
        localSequence = localSequence + 1 & 0xffff;
        numbering.mapEvent(LOCAL, localSequence, localTimestamp, codec.units(nowNanos));
        send(phone.media().keys().orElseThrow().payloadType(), marker, numbering.timestamp(), DtmfSender.PAYLOAD_LENGTH,
                nowNanos);
    }

    private boolean local(long localTimestamp, long nowNanos) {
        localSequence = localSequence + 1 & 0xffff;
        return numbering.map(LOCAL, localSequence, localTimestamp, codec.units(nowNanos)) == Outcome.RESTARTED;
    }

    private void send(int payloadType, boolean marker, long timestamp, int payloadLength, long nowNanos) {
        Optional<InetSocketAddress> to = phone.latch.destination();
        lastSentNanos = nowNanos;
        lastTimestamp = timestamp;
        int length = writer.header(packet, payloadType, marker, numbering.sequence(), timestamp) + payloadLength;
        if (to.isPresent() && port.sendRtp(to.get(), packet, length)) {
            packets++;
            octets += payloadLength;
            phone.counts.add(Kind.ROOM_TO_PHONE);
        } else {
            phone.counts.add(Kind.UNSENT);
        }
    }

    /** Counts silence from here. */
    void pauseFrom(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    long lastSentNanos() {
        return lastSentNanos;
    }

    long packets() {
        return packets;
    }

    /** Returns the sender info for this stream as of now; empty while nothing was sent. @param ntp now, by the wall clock */
    Optional<RtcpWriter.SenderInfo> sent(long ntp, long nowNanos) {
        return packets == 0
                ? Optional.empty() : Optional.of(new RtcpWriter.SenderInfo(ntp, timestampAt(nowNanos), packets, octets));
    }

    /** Returns the reading of the stream's own clock at this time. */
    long timestampAt(long nowNanos) {
        return lastTimestamp + codec.units(nowNanos - lastSentNanos);
    }

    @Override
    public void close() {
        cutter.clear();
        encoder.ifPresent(FrameEncoder::close);
        encoder = Optional.empty();
    }
}
