package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.FrameDecoder;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfDetector;
import dev.trunkline.relay.dtmf.ToneDetector;
import dev.trunkline.relay.rtp.PacketRate;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.rtp.RtpView;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The path of a packet from the phone to the room: {@link #packet} from top to bottom. Nothing waits for a clock here:
 * packets are forwarded as they arrive. Lives on the media loop; allocates nothing for a packet of audio.
 */
final class PhoneToRoom implements AutoCloseable {
    /** The longest packet of codecs with one octet per 1/8000 s; Opus is far below. */
    private static final int MOST_OCTETS = 8 * FrameDecoder.MOST_MILLIS;

    private final PhoneSide phone;
    private final Codecs codecs;
    private final DtmfDetector keys;
    private final Optional<ToneDetector> tones;
    private final SequenceMapper numbering;
    private final RtpView header = new RtpView();
    private final PacketRate rate = new PacketRate(PacketRate.AUDIO);
    private Optional<RoomTrack> track = Optional.empty();
    private Optional<RoomUplink> uplink = Optional.empty();
    private Optional<PhoneTap> tap = Optional.empty();
    private boolean hushed;
    private boolean held;
    private boolean muted;
    /** The ringing tone if one is to be heard, and the uplink that brings it to the room once there is one. */
    private Optional<RoomTone> tone = Optional.empty();
    private Optional<RoomUplink> toneUplink = Optional.empty();

    /** @param hearsTones whether keys are detected as tones if the phone has no telephone-event */
    PhoneToRoom(
            PhoneSide phone,
            Codecs codecs,
            SequenceMapper numbering,
            boolean hearsTones,
            DtmfDetector.Listener keys) {
        this.tones = hearsTones ? Optional.of(new ToneDetector(keys)) : Optional.empty();
        this.phone = phone;
        this.codecs = codecs;
        this.numbering = numbering;
        this.keys = new DtmfDetector(keys);
        phone.media().keys().ifPresent(agreed -> this.keys.clock(agreed.clockRate()));
    }

    void packet(InetSocketAddress from, byte[] buffer, int length, long nowNanos) {
        if (!header.wrap(buffer, length)) {
            phone.counts.add(Kind.MALFORMED);
        } else if (!fromPhone(from, nowNanos)) {
            phone.counts.add(Kind.WRONG_SOURCE);
        } else {
            phone.life.signOfLife(nowNanos);
            phone.received.received(header.ssrc(), header.sequence(), header.timestamp(), nowNanos);
            if (!rate.takes(nowNanos)) {
                phone.counts.add(Kind.TOO_MANY);
            } else if (header.payloadType() == phone.media().payloadType()) {
                tones(buffer);
                audio(buffer, nowNanos);
            } else if (phone.media().isKey(header.payloadType())) {
                numbering.remove(header.ssrc(), header.sequence());
                keys.packet(
                        header.ssrc(), header.sequence(), header.marker(), header.timestamp(), buffer, header.payloadOffset(), header.payloadLength());
            } else if (phone.media().isComfortNoise(header.payloadType())) {
                numbering.remove(header.ssrc(), header.sequence());
                phone.life.comfortNoise();
                phone.counts.add(Kind.COMFORT_NOISE);
            } else {
                numbering.remove(header.ssrc(), header.sequence());
                phone.counts.add(Kind.OTHER_PAYLOAD);
            }
        }
    }

    /** Only a packet of the agreed payload types can teach the phone's source. */
    private boolean fromPhone(InetSocketAddress from, long nowNanos) {
        return phone.media().negotiated(header.payloadType())
                ? phone.latch.accepts(from, header.ssrc(), header.sequence(), nowNanos, phone.media().crypto().isPresent())
                : phone.latch.isSource(from);
    }

    /** Runs before the audio is forwarded, because the audio may be changed in place. */
    private void tones(byte[] buffer) {
        PhoneMedia media = phone.media();
        if (tones.isPresent() && media.keys().isEmpty() && media.codec().law().isPresent()
                && media.direction().receives()) {
            tones.get().packet(
                    header.sequence(), media.codec().law().get(), buffer, header.payloadOffset(), header.payloadLength());
        }
    }

    private void audio(byte[] buffer, long nowNanos) {
        if (!phone.media().direction().receives() || header.payloadLength() == 0 || header.payloadLength() > MOST_OCTETS) {
            phone.counts.add(Kind.UNWANTED);
            return;
        }
        if (tap.isPresent()) {
            // Before the audio is forwarded, because it may be changed in place; but nobody in the room hears what is recorded.
            tap.get().packet(header, buffer, nowNanos);
        }
        if (hushed || held || muted || tap.isPresent() || uplink.isEmpty()) {
            phone.counts.add(Kind.UNWANTED);
            return;
        }
        Outcome outcome = numbering.map(
                header.ssrc(), header.sequence(), header.timestamp(), phone.media().codec().units(nowNanos));
        if (outcome == Outcome.DROP) {
            phone.counts.add(Kind.LATE);
            return;
        }
        boolean marker = header.marker() || outcome == Outcome.RESTARTED;
        endTone();
        track.get().at(nowNanos);
        uplink.get().send(
                track.get(), numbering.sequence(), numbering.timestamp(), marker,
                buffer, header.payloadOffset(), header.payloadLength());
        phone.counts.add(Kind.PHONE_TO_ROOM);
    }

    /** Whether none of the phone's audio goes to the room; keys do. */
    void hush(boolean now) {
        hushed = now;
    }

    /** The same while others speak about the phone's caller. */
    void hold(boolean now) {
        held = now;
    }

    /** The same, because somebody in the room asks for it. */
    void mute(boolean now) {
        muted = now;
    }

    /** Plays a ringing tone to the room until the phone is heard, or until {@link #endTone}. */
    void ring() {
        tone = Optional.of(new RoomTone());
        chooseForTone();
    }

    void endTone() {
        if (tone.isPresent()) {
            tone = Optional.empty();
            chooseForTone();
        }
    }

    /** Redirects the phone's audio to this sink in place of the room from now on; empty ends it. */
    void tap(Optional<PhoneTap.Sink> sink) {
        if (tap.isPresent()) {
            tap.get().close();
        }
        tap = sink.map(listens -> new PhoneTap(phone, codecs, listens));
    }

    /** 20 ms passed. */
    void beat(long nowNanos) {
        if (tap.isPresent()) {
            tap.get().beat(nowNanos);
        }
        if (toneUplink.isPresent()) {
            tone.get().beat(track.get(), toneUplink.get(), nowNanos);
        }
    }

    /** The tone's uplink converts from PCMU, and its numbering is separate from that of the phone's packets. */
    private void chooseForTone() {
        toneUplink.ifPresent(RoomUplink::close);
        track.ifPresent(RoomTrack::anotherUplink);
        toneUplink = tone.isEmpty() ? Optional.empty() : track.map(room -> codecs.uplink(PhoneCodec.PCMU, room.codec()));
    }

    /** The room took our track, again after a rejoin. */
    void attach(LocalAudioTrack published) {
        track = Optional.of(new RoomTrack(published));
        choose();
        chooseForTone();
    }

    /** The room is gone; until the next {@link #attach} nothing is forwarded. */
    void detach() {
        close();
        track = Optional.empty();
    }

    /** @param codecChanged if true, the phone counts by another clock and starts anew */
    void renegotiated(boolean codecChanged) {
        phone.media().keys().ifPresent(agreed -> keys.clock(agreed.clockRate()));
        if (codecChanged) {
            numbering.anew(phone.media().codec().clockRate());
            choose();
        }
    }

    private void choose() {
        uplink.ifPresent(RoomUplink::close);
        track.ifPresent(RoomTrack::anotherUplink);
        uplink = track.map(room -> codecs.uplink(phone.media().codec(), room.codec()));
    }

    /** Closes the recording too, which does not depend on the room. */
    void end() {
        tap(Optional.empty());
        close();
    }

    @Override
    public void close() {
        uplink.ifPresent(RoomUplink::close);
        uplink = Optional.empty();
        toneUplink.ifPresent(RoomUplink::close);
        toneUplink = Optional.empty();
    }
}
