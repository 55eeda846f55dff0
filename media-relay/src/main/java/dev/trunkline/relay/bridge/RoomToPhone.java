package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Beeper;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.dtmf.DtmfSender;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusPacket;
import dev.trunkline.rtc.rtp.RtcpWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of audio from the room to the phone. There are two ways:
 *
 * <pre>
 *   {@link #audio} --one speaker, the phone's codec and packet length----> {@link PhoneStream}   as it comes
 *           \--otherwise--> jitter buffer, decoder --{@link #beat}--> mix --^                   each 20 ms
 *   whoever spoke has stopped ----------------------{@link #beat}--> mix --^                   {@link StoppedRoom}
 *   {@link #waiting} -------------------------------{@link #beat}--> mix --^                   beside audio
 *   {@link #press} ----------------------------------{@link #beat}--> key --^                   instead of audio
 *   {@link #beep} -----------------------------------{@link #beat}--> tone -^                   instead of audio
 *   {@link #announcement} ---------------------------{@link #beat}--> tell -^                   instead of audio
 *   {@link #hold} -----------------------------------{@link #beat}--> wait -^                   instead of audio
 * </pre>
 *
 * While nobody speaks the stream continues with silence: trunks consider a call without RTP dead. Lives on the media
 * loop; allocates nothing per packet.
 */
final class RoomToPhone implements AutoCloseable {
    /** How long others must have been quiet before one speaker's packets are forwarded unmixed. */
    private static final long ALONE_NANOS = 1_000_000_000;
    /** A pause that phones bridge by themselves; after it silence is sent. */
    private static final long PAUSE_NANOS = 200_000_000;

    private final PhoneSide phone;
    private final PhoneStream stream;
    private final Codecs codecs;
    private final List<Speaker> speakers = new ArrayList<>();
    private final DtmfSender keys = new DtmfSender();
    private PhoneCodec codec;
    private Mixer mixer;
    private Beeper beeper;
    private final WaitingSound waiting = new WaitingSound();
    private final PhoneAnnouncement announcement = new PhoneAnnouncement();
    private final PhoneHold hold = new PhoneHold();
    private final StoppedRoom stopped;
    private short[] nothing;
    private boolean open;
    private boolean silent;
    private long localTimestamp;

    /** @param whenStopped what the phone hears when the participant who spoke has stopped without leaving */
    RoomToPhone(PhoneSide phone, PhoneStream stream, Codecs codecs, Optional<Sound.Source> whenStopped) {
        this.phone = phone;
        this.stopped = new StoppedRoom(phone, whenStopped);
        this.stream = stream;
        this.codecs = codecs;
        begin(phone.media().codec());
    }

    private void begin(PhoneCodec agreed) {
        codec = agreed;
        mixer = new Mixer(agreed.sampleRate());
        beeper = new Beeper(agreed.sampleRate());
        stopped.listener(agreed.sampleRate());
        nothing = new short[Mixer.frame(agreed.sampleRate())];
        waiting.listener(agreed.sampleRate());
        announcement.listener(agreed.sampleRate());
        hold.listener(agreed.sampleRate());
    }

    /** Returns the announcement that the phone hears alone. */
    PhoneAnnouncement announcement() {
        return announcement;
    }

    /** Returns what the phone hears in place of the room while others speak about it. */
    PhoneHold hold() {
        return hold;
    }

    /** Plays this to the phone, mixed with the room, from now on; empty ends it. */
    void waiting(Optional<Sound.Source> source) {
        waiting.play(source);
    }

    /** Ends the waiting sound as soon as anything from the room is heard. */
    void waitingUntilHeard(long nowNanos) {
        waiting.endOnceHeard(nowNanos);
        for (int i = 0; i < speakers.size(); i++) {
            if (speakers.get(i).steadiness().goesOn(nowNanos)) {
                waiting.heard();
            }
        }
    }

    /** The phone's codec or the length of its packets may have changed. */
    void renegotiated() {
        stream.renegotiated();
        if (phone.media().keys().isEmpty()) {
            keys.clear();
        }
        if (phone.media().codec() != codec) {
            forgetSpeakers();
            begin(phone.media().codec());
        }
    }

    /** The phone is to hear the room from now on: it was answered, or somebody listens to it. */
    void open(long nowNanos) {
        if (!open) {
            open = true;
            stream.pauseFrom(nowNanos);
        }
    }

    /** The caller was answered, and is there to hear. */
    void answered(long nowNanos) {
        open(nowNanos);
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i).steadiness().expect(nowNanos);
        }
    }

    /** The participant who answers publishes this track. */
    void expect(String trackSid, boolean muted, long nowNanos) {
        Steadiness steadiness = speaker(trackSid, nowNanos).steadiness();
        steadiness.expect(nowNanos);
        steadiness.muted(muted);
    }

    void audio(String trackSid, RtpPacket packet, long nowNanos) {
        AudioCodec spoken = packet.codec().orElse(null);
        if (spoken == null || packet.payloadLength() == 0) {
            return;
        }
        Speaker speaker = speaker(trackSid, nowNanos);
        if (!speaker.takes(nowNanos)) {
            phone.counts.add(Kind.TOO_MANY);
            return;
        }
        speaker.heard(packet, nowNanos);
        waiting.heard();
        if (!hears() || keys.busy() || beeper.busy() || announcement.isAlone() || hold.isOn()) {
            phone.counts.add(Kind.ROOM_UNUSED);
        } else if (!waiting.isPlayed(nowNanos) && isForwarded(packet, spoken) && isAlone(speaker, nowNanos)) {
            speaker.clear();
            silent = false;
            forward(packet, spoken, nowNanos);
        } else if (!speaker.enqueue(packet, spoken, nowNanos)) {
            phone.counts.add(Kind.LATE);
        }
    }

    /** Returns whether the phone can take the packet without decoding: in its codec, and of the length that it wants. */
    private boolean isForwarded(RtpPacket packet, AudioCodec spoken) {
        int ptime = phone.media().ptime();
        return switch (spoken) {
            case OPUS -> codec == PhoneCodec.OPUS && OpusPacket.millis(
                    packet.buffer(), packet.payloadOffset(), packet.payloadLength()) == ptime;
            case PCMU, PCMA -> codec.law().isPresent() && packet.payloadLength() == codec.octets(ptime);
        };
    }

    private void forward(RtpPacket packet, AudioCodec spoken, long nowNanos) {
        switch (spoken) {
            case OPUS -> stream.forwardUntouched(packet, nowNanos);
            case PCMU -> stream.forward(packet, G711.PCMU, nowNanos);
            case PCMA -> stream.forward(packet, G711.PCMA, nowNanos);
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
        // A track that never sent counts as having been quiet for long.
        Speaker speaker = new Speaker(trackSid, codecs, codec.sampleRate(), nowNanos - ALONE_NANOS);
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

    /** The track was muted or unmuted. */
    void muted(String trackSid, boolean now) {
        if (now) {
            waiting.heard();
        }
        for (int i = 0; i < speakers.size(); i++) {
            if (speakers.get(i).trackSid().equals(trackSid)) {
                speakers.get(i).steadiness().muted(now);
            }
        }
    }

    /** @return false if the phone has no telephone-event, cannot hear yet or hears an announcement, or too many keys wait */
    boolean press(DtmfKey key) {
        return phone.media().keys().isPresent() && hears() && !announcement.isAlone() && !hold.isOn() && keys.press(key);
    }

    /** Plays a signal of ours to the phone once it can hear. */
    void beep(Beeper.Signal signal) {
        beeper.play(signal);
    }

    /** Returns whether a signal of ours is under way. */
    boolean isBeeping() {
        return beeper.busy();
    }

    /** 20 ms passed. */
    void beat(long nowNanos) {
        localTimestamp += codec.clockRate() / Mixer.FRAMES_A_SECOND;
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
        if (announcement.isPlaying()) {
            silent = false;
            stream.encode(announcement.next(), localTimestamp, nowNanos);
            announcement.sent();
            return;
        }
        if (hold.isOn()) {
            silent = false;
            stream.encode(hold.next(nothing), localTimestamp, nowNanos);
            return;
        }
        if (announcement.isListening()) {
            silent = true;
            stream.encode(nothing, localTimestamp, nowNanos);
            return;
        }
        mixer.begin();
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i).addTo(mixer, nowNanos);
        }
        if (waiting.isPlayed(nowNanos)) {
            mixer.add(waiting.next(), 0);
        } else if (stopped.isSo(speakers, nowNanos)) {
            mixer.add(stopped.next(), 0);
        }
        if (mixer.speakers() > 0 || stream.unfinished()) {
            silent = mixer.speakers() == 0;
            stream.encode(mixer.mixed(), localTimestamp, nowNanos);
        } else if (silent || nowNanos - stream.lastSentNanos() >= PAUSE_NANOS) {
            silent = true;
            stream.encode(nothing, localTimestamp, nowNanos);
        }
    }

    private void key(long nowNanos) {
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i).clear();
        }
        if (keys.next(localTimestamp, phone.media().keys().orElseThrow().clockRate() / Mixer.FRAMES_A_SECOND)) {
            stream.key(keys.payload(), keys.timestamp(), keys.marker(), nowNanos);
        } else {
            stream.encode(nothing, localTimestamp, nowNanos);
        }
    }

    Optional<RtcpWriter.SenderInfo> sent(long ntp, long nowNanos) {
        return stream.sent(ntp, nowNanos);
    }

    long packetsSent() {
        return stream.packets();
    }

    @Override
    public void close() {
        forgetSpeakers();
        stream.close();
    }

    private void forgetSpeakers() {
        speakers.forEach(Speaker::close);
        speakers.clear();
    }
}
