package dev.trunkline.relay.bridge;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.audio.Beeper;
import dev.trunkline.relay.audio.Recording;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfDetector;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.dtmf.DtmfSender;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.loop.FaultBudget;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.rtp.RtcpReader;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The media of one call. The paths of its packets:
 *
 * <pre>
 *   phone RTP --> (key) --> form --> source --> statistics            {@link PhoneToRoom}
 *            +-- audio --> numbering --> (law | decoder, Opus) --> room
 *            +-- telephone-event, or tones --> key --> listener
 *            +-- audio --> jitter buffer --> decoder --> recording       {@link PhoneTap}, while a message is taken
 *            +-- comfort noise: silent, not gone
 *            `-- anything else: counted
 *   phone RTCP -> (key) --> source --> form --> reports             {@link RtcpSession}
 *   room audio --+-- alone, in the phone's codec and length --> (law) -----------+      {@link RoomToPhone}
 *                `-- jitter buffer --> decoder --> mix --> packets --> encoder --+
 *   room key ------> telephone-event --------------------------------------------+--> numbering --> (key) --> phone RTP
 * </pre>
 *
 * Everything lives on one media loop, that of the call's room, so there are no locks. Methods marked "Any thread" may be called from any
 * thread; they do their work on the loop. Anything that a packet, a beat or a task throws, even an Error, ends only that piece of work; the
 * listener is told if it keeps happening.
 */
public final class CallMedia implements LoopTicker.Beat {
    private static final int BEATS_A_SECOND = 50;
    /** A call whose own media fails more often than this within the window is of no use to its caller. */
    private static final int MOST_FAULTS = 50;
    private static final Duration FAULT_WINDOW = Duration.ofSeconds(5);

    /** Is called on the media loop, so it must not block. */
    public interface Listener extends DtmfDetector.Listener {
        /** A key from the room goes to the phone, for this long. */
        void keyed(int millis);

        /**
         * The phone has sent nothing for too long. Called once.
         *
         * @param excused whether the phone need not send at present
         * @param lastHeard when its last packet came, RTP or RTCP; empty if none ever did
         */
        void phoneSilent(boolean excused, Optional<Instant> lastHeard);

        /**
         * Called every ten seconds, and once soon after the answer.
         *
         * @param lastHeard when the phone's last packet (RTP or RTCP) came; empty if none did
         */
        void heartbeat(MediaStats stats, Optional<Instant> lastHeard);

        /** The call's own media keeps throwing, and the call is to be ended. */
        void failing();
    }

    private final MediaShop shop;
    private final MediaLoop loop;
    private final LoopTicker ticker;
    private final Listener listener;
    private final PortPair ports;
    private final FaultBudget budget = new FaultBudget(MOST_FAULTS, FAULT_WINDOW);
    private final PhoneSide phone;
    private final PhonePort port;
    private final PhoneToRoom toRoom;
    private final RoomToPhone toPhone;
    private final RtcpSession rtcp;
    private final MediaPulse pulse;
    /** The recorder that starts once no signal of ours sounds any more. */
    private Optional<PhoneTap.Sink> recorder = Optional.empty();
    private int beats;
    private boolean closed;

    CallMedia(
            MediaShop shop,
            MediaLoop loop,
            LoopTicker ticker,
            PortPair ports,
            PhoneMedia agreed,
            Optional<SrtpSession> srtp,
            TrustedSources trusted,
            Listener listener) {
        this.shop = shop;
        this.loop = loop;
        this.ticker = ticker;
        this.listener = listener;
        this.ports = ports;
        phone = new PhoneSide(
                new SourceLatch(trusted), new LifeWatch(shop.silenceTimeout(), shop.longestHold()), agreed);
        phone.life.excused(agreed.mayBeSilent(), shop.nanos());
        long ssrc = shop.random32();
        port = new PhonePort(srtp);
        toRoom = new PhoneToRoom(phone, shop.codecs(), newNumbering(), shop.hearsTones(), listener);
        toPhone = new RoomToPhone(phone, new PhoneStream(
                phone, port, ssrc, newNumbering(), shop.codecs(),
                (nanos, task) -> loop.schedule(Duration.ofNanos(nanos), () -> task.accept(shop.nanos()))), shop.codecs(),
                shop.whenStopped());
        rtcp = new RtcpSession(phone, port, ssrc, shop.cname(), shop.clock());
        pulse = new MediaPulse(shop, phone, toPhone, rtcp, listener, fault -> failed("phone-second", fault));
    }

    /** Starts sending and receiving packets. Any thread. */
    public void start() {
        loop.execute(() -> {
            try {
                port.open(loop, ports, this::takeRtp, this::takeRtcp);
                ticker.add(this);
            } catch (Throwable fault) {
                shop.faults().tell("phone-start", fault);
                listener.failing();
            }
        });
    }

    void takeRtp(InetSocketAddress from, byte[] buffer, int length) {
        try {
            rtp(from, buffer, length);
        } catch (Throwable fault) {
            failed("phone-rtp", fault);
        }
    }

    private void takeRtcp(InetSocketAddress from, byte[] buffer, int length) {
        try {
            rtcp(from, buffer, length);
        } catch (Throwable fault) {
            failed("phone-rtcp", fault);
        }
    }

    private void failed(String where, Throwable fault) {
        shop.faults().tell(where, fault);
        if (budget.spent(shop.nanos()) && !closed) {
            listener.failing();
        }
    }

    private SequenceMapper newNumbering() {
        return new SequenceMapper((int) shop.random32() & 0xffff, shop.random32(), phone.media().codec().clockRate());
    }

    private void rtp(InetSocketAddress from, byte[] buffer, int length) {
        long now = shop.nanos();
        if (RtcpReader.isRtcp(buffer, length)) {
            rtcp(from, buffer, length);
            return;
        }
        int clear = port.openedRtp(buffer, length);
        if (clear < 0) {
            phone.counts.add(Kind.UNAUTHENTIC);
            return;
        }
        toRoom.packet(from, buffer, clear, now);
    }

    private void rtcp(InetSocketAddress from, byte[] buffer, int length) {
        int clear = port.openedRtcp(buffer, length);
        if (clear < 0) {
            phone.counts.add(Kind.UNAUTHENTIC);
        } else {
            rtcp.packet(from, buffer, clear, shop.nanos());
        }
    }

    /** Takes a packet of a subscribed track of the room. Called on the loop. */
    public void roomAudio(String trackSid, RtpPacket packet) {
        if (!closed) {
            try {
                toPhone.audio(trackSid, packet, shop.nanos());
            } catch (Throwable fault) {
                failed("room-audio", fault);
            }
        }
    }

    @Override
    public void beat(long nowNanos) {
        try {
            toPhone.beat(nowNanos);
            if (recorder.isPresent() && !toPhone.isBeeping()) {
                toRoom.tap(recorder);
                recorder = Optional.empty();
            }
            toRoom.beat(nowNanos);
        } catch (Throwable fault) {
            beatFailed(fault);
        }
        if (++beats % BEATS_A_SECOND == 0) {
            pulse.second(beats / BEATS_A_SECOND, nowNanos);
        }
    }

    @Override
    public void beatFailed(Throwable fault) {
        failed("phone-beat", fault);
    }

    /** Returns the statistics, at most a second old. Any thread. */
    public MediaStats stats() {
        return pulse.stats();
    }

    /** The room took our track. Any thread. */
    public void attach(LocalAudioTrack track) {
        onLoop(() -> toRoom.attach(track));
    }

    /** The room is lost for now. Any thread. */
    public void detach() {
        onLoop(toRoom::detach);
    }

    /**
     * The participant who answers publishes this track: if no packet of it comes, that participant has died. Any thread.
     *
     * @param muted whether no packets are expected for now
     */
    public void expect(String trackSid, boolean muted) {
        onLoop(() -> toPhone.expect(trackSid, muted, shop.nanos()));
    }

    /** A track of the room is gone. Any thread. */
    public void trackEnded(String trackSid) {
        onLoop(() -> toPhone.ended(trackSid));
    }

    /** A track of the room was muted or unmuted. Any thread. */
    public void muted(String trackSid, boolean now) {
        onLoop(() -> toPhone.muted(trackSid, now));
    }

    /** A new offer of the phone was accepted. Any thread. */
    public void renegotiated(PhoneMedia agreed, Optional<SrtpSession> srtp) {
        onLoop(() -> {
            port.secure(srtp);
            boolean codecChanged = agreed.codec() != phone.media().codec();
            phone.renegotiated(agreed, shop.nanos());
            toRoom.renegotiated(codecChanged);
            toPhone.renegotiated();
        });
    }

    /** Somebody listens to the phone, so it may hear the room. Any thread. */
    public void open() {
        onLoop(() -> toPhone.open(shop.nanos()));
    }

    /** Plays this to a ringing phone before the answer. Any thread. */
    public void early(Sound.Source sound) {
        onLoop(() -> {
            toPhone.open(shop.nanos());
            toPhone.waiting(Optional.of(sound));
        });
    }

    /** Plays a ringing tone to the room until the phone called is heard, or until {@link #ringNoMore}. Any thread. */
    public void ring() {
        onLoop(toRoom::ring);
    }

    /** Ends the ringing tone that the room hears. Any thread. */
    public void ringNoMore() {
        onLoop(toRoom::endTone);
    }

    /** The call was answered: from now on the phone must send, and its source is learnt. Any thread. */
    public void answered() {
        onLoop(() -> {
            pulse.answered();
            phone.latch.answered();
            phone.life.answered(shop.nanos());
            toPhone.answered(shop.nanos());
        });
    }

    /** Plays a signal of ours to the phone, in place of the room. Any thread. */
    public void beep(Beeper.Signal signal) {
        onLoop(() -> toPhone.beep(signal));
    }

    /** Whether the room's operator has muted the phone: its audio is then not sent, even after the room is entered again. Any thread. */
    public void mutedByRoom(boolean now) {
        onLoop(() -> toRoom.mute(now));
    }

    /** Whether phone and room hear nothing of each other, whatever is played to the phone. Any thread. */
    public void hush(boolean now) {
        onLoop(() -> {
            toRoom.hush(now);
            toPhone.announcement().hush(now);
        });
    }

    /** Separates phone and room until {@link #resume}; the phone hears this sound, or silence if it is empty. Any thread. */
    public void hold(Optional<Sound.Source> sound) {
        onLoop(() -> {
            toRoom.hold(true);
            toPhone.hold().begin(sound);
        });
    }

    /** Ends {@link #hold}. Any thread. */
    public void resume() {
        onLoop(() -> {
            toRoom.hold(false);
            toPhone.hold().end();
        });
    }

    /**
     * Plays this to the phone once, in place of everything else. Any thread.
     *
     * @param over called on the loop with the milliseconds sent to the phone, once all of it was sent
     */
    public void announce(Recording what, LongConsumer over) {
        onLoop(() -> toPhone.announcement().play(what, over));
    }

    /** Whether the phone is to speak: it hears only our signals and announcements, and silence otherwise. Any thread. */
    public void listen(boolean now) {
        onLoop(() -> toPhone.announcement().listen(now));
    }

    /**
     * Records what the phone says, once a signal of ours that sounds is over; the room does not hear it. Any thread.
     *
     * @param sink called every 20 ms on the loop; empty ends the recording
     */
    public void record(Optional<PhoneTap.Sink> sink) {
        onLoop(() -> {
            recorder = sink;
            if (sink.isEmpty()) {
                toRoom.tap(sink);
            }
        });
    }

    /** Returns how much of the last announcement was sent to the phone, in ms. Any thread. */
    public long announcedMillis() {
        return toPhone.announcement().playedMillis();
    }

    /** Plays this to the phone in a loop, mixed with the room; empty ends it. Any thread. */
    public void waiting(Optional<Sound.Source> sound) {
        onLoop(() -> toPhone.waiting(sound));
    }

    /** Somebody answers: the sound of {@link #waiting} ends as soon as the room is heard. Any thread. */
    public void waitingUntilHeard() {
        onLoop(() -> toPhone.waitingUntilHeard(shop.nanos()));
    }

    /** Somebody in the room pressed a key. Any thread. */
    public void press(DtmfKey key) {
        onLoop(() -> {
            if (toPhone.press(key)) {
                listener.keyed(DtmfSender.TONE_MILLIS);
            }
        });
    }

    private void onLoop(Runnable task) {
        loop.execute(() -> {
            if (!closed) {
                try {
                    task.run();
                } catch (Throwable fault) {
                    failed("phone-task", fault);
                }
            }
        });
    }

    /**
     * Closes the sockets, even if other steps of the end fail. Any thread; {@code done} runs once, on the loop, when the port is free.
     */
    public void close(Runnable done) {
        loop.execute(() -> {
            if (!closed) {
                closed = true;
                for (Runnable step : List.<Runnable>of(
                        rtcp::bye, () -> phone.counts.report(shop.counted()), () -> ticker.remove(this), toRoom::end,
                        toPhone::close, port::close, ports::close, done)) {
                    shop.faults().guard("call-release", step);
                }
            }
        });
    }
}
