package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Beeper;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.dtmf.DtmfSender;
import dev.trunkline.relay.rtp.RtcpWriter;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of audio from the room to the phone. Two ways lead there:
 *
 * <pre>
 *   {@link #audio} --one speaker, G.711, 20 ms--------------------------> {@link PhoneStream}   as it comes
 *           \--otherwise--> jitter buffer, decoder --{@link #beat}--> mix --^                   each 20 ms
 *   {@link #press} ----------------------------------{@link #beat}--> key --^                   instead of audio
 *   {@link #beep} -----------------------------------{@link #beat}--> tone -^                   instead of audio
 * </pre>
 *
 * While nobody speaks the line is kept warm with silence: trunks take a call without RTP for dead. Lives on the media
 * loop; allocates nothing for a packet.
 */
final class RoomToPhone implements AutoCloseable {
    /** How long others must have been quiet before one speaker's packets are forwarded unmixed. */
    private static final long ALONE_NANOS = 1_000_000_000;
    /** A pause that phones bridge by themselves; after it silence is sent. */
    private static final long PAUSE_NANOS = 200_000_000;

    private final PhoneSide phone;
    private final PhoneStream stream;
    private final OpusCodec opus;
    private final List<Speaker> speakers = new ArrayList<>();
    private final DtmfSender keys = new DtmfSender();
    private final Mixer mixer = new Mixer();
    private final Beeper beeper = new Beeper();
    private boolean open;
    private boolean silent;
    private long localTimestamp;

    RoomToPhone(PhoneSide phone, PhoneStream stream, OpusCodec opus) {
        this.phone = phone;
        this.stream = stream;
        this.opus = opus;
    }

    /** From now on the phone is to hear the room: it was answered, or it speaks, or somebody listens to it. */
    void open(long nowNanos) {
        if (!open) {
            open = true;
            stream.pauseFrom(nowNanos);
        }
    }

    void audio(String trackSid, RtpPacket packet, long nowNanos) {
        AudioCodec codec = packet.codec().orElse(null);
        if (codec == null || packet.payloadLength() == 0) {
            return;
        }
        Speaker speaker = speaker(trackSid, nowNanos);
        speaker.heard(packet, nowNanos);
        if (!hears() || keys.busy() || beeper.busy()) {
            phone.counts.add(Kind.ROOM_UNUSED);
        } else if (codec != AudioCodec.OPUS && packet.payloadLength() == Mixer.FRAME && isAlone(speaker, nowNanos)) {
            speaker.clear();
            silent = false;
            stream.forward(packet, codec == AudioCodec.PCMU ? G711.PCMU : G711.PCMA, nowNanos);
        } else if (!speaker.enqueue(packet, codec, nowNanos)) {
            phone.counts.add(Kind.LATE);
        }
    }

    private boolean hears() {
        return open && phone.media().direction().sends();
    }

    private boolean isAlone(Speaker speaker, long nowNanos) {
        for (int i = 0; i < speakers.size(); i++) {
            Speaker other = speakers.get(i);
            if (other != speaker && nowNanos - other.lastPacketNanos() < ALONE_NANOS) {
                return false;
            }
        }
        return true;
    }

    private Speaker speaker(String trackSid, long nowNanos) {
        for (int i = 0; i < speakers.size(); i++) {
            if (speakers.get(i).trackSid().equals(trackSid)) {
                return speakers.get(i);
            }
        }
        // One that never sent counts as quiet for long.
        Speaker speaker = new Speaker(trackSid, opus, nowNanos - ALONE_NANOS);
        speakers.add(speaker);
        return speaker;
    }

    /** A track of the room is gone. */
    void ended(String trackSid) {
        speakers.removeIf(speaker -> {
            boolean gone = speaker.trackSid().equals(trackSid);
            if (gone) {
                speaker.close();
            }
            return gone;
        });
    }

    /** @return false if the phone has no telephone-event, cannot hear yet, or too many keys wait */
    boolean press(DtmfKey key) {
        return phone.media().dtmfPayloadType().isPresent() && hears() && keys.press(key);
    }

    /** A signal of ours goes to the phone once it can hear. */
    void beep(Beeper.Signal signal) {
        beeper.play(signal);
    }

    /** 20 ms passed. */
    void beat(long nowNanos) {
        localTimestamp += Mixer.FRAME;
        if (!hears()) {
            return;
        }
        if (keys.busy()) {
            key(nowNanos);
            return;
        }
        if (beeper.busy()) {
            silent = false;
            stream.encode(beeper.next(), localTimestamp, nowNanos);
            return;
        }
        mixer.begin();
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i).addTo(mixer, nowNanos);
        }
        if (mixer.speakers() > 0) {
            silent = false;
            stream.encode(mixer.mixed(), localTimestamp, nowNanos);
        } else if (silent || nowNanos - stream.lastSentNanos() >= PAUSE_NANOS) {
            silent = true;
            stream.silence(localTimestamp, nowNanos);
        }
    }

    private void key(long nowNanos) {
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i).clear();
        }
        if (keys.next(localTimestamp)) {
            stream.key(keys.payload(), keys.timestamp(), keys.marker(), nowNanos);
        } else {
            stream.silence(localTimestamp, nowNanos);
        }
    }

    RtcpWriter.Sent sent(long nowNanos) {
        return stream.sent(nowNanos);
    }

    long packetsSent() {
        return stream.packets();
    }

    @Override
    public void close() {
        speakers.forEach(Speaker::close);
        speakers.clear();
    }
}
