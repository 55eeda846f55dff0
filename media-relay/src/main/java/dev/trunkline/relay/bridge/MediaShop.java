package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.loop.FaultListener;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Opens the media of calls, and holds what they all share. Thread-safe.
 *
 * @param silenceTimeout after this long without RTP or RTCP a phone that should send counts as gone
 * @param longestHold the same for a phone that need not send
 * @param hearsTones whether keys are detected in the audio of phones without telephone-event
 * @param counted receives the packet counts of calls every second
 * @param whenStopped what a phone hears when the participant who spoke has stopped without leaving; empty for silence
 * @param faults receives whatever one packet, beat or task of a call threw
 */
public record MediaShop(
        OpusCodec opus,
        Duration silenceTimeout,
        Duration longestHold,
        int heartbeatSeconds,
        boolean hearsTones,
        Clock clock,
        LongSupplier nanoClock,
        RandomGenerator random,
        PacketCounts.Reader counted,
        FaultListener faults,
        Optional<Sound.Source> whenStopped,
        Map<MediaLoop, LoopTicker> tickers) {
    public MediaShop(
            OpusCodec opus,
            Duration silenceTimeout,
        Duration longestHold,
            int heartbeatSeconds,
            boolean hearsTones,
            Clock clock,
            LongSupplier nanoClock,
            RandomGenerator random,
            PacketCounts.Reader counted,
            FaultListener faults) {
        this(opus, silenceTimeout, longestHold, heartbeatSeconds, hearsTones, clock, nanoClock, random, counted, faults,
                Optional.empty(), new ConcurrentHashMap<>());
    }

    /** Returns a copy whose phones hear this when the participant who spoke to them has stopped without leaving. */
    public MediaShop playing(Optional<Sound.Source> sound) {
        return new MediaShop(
                opus, silenceTimeout, longestHold, heartbeatSeconds, hearsTones, clock, nanoClock, random, counted, faults,
                sound, tickers);
    }

    /**
     * @param srtp keys, if they are agreed
     * @param trusted where the phone's packets may come from, see {@link dev.trunkline.relay.rtp.SourceLatch}
     */
    public CallMedia open(
            MediaLoop loop,
            PortPair ports,
            PhoneMedia agreed,
            Optional<SrtpSession> srtp,
            TrustedSources trusted,
            CallMedia.Listener listener) {
        LoopTicker ticker = tickers.computeIfAbsent(loop, unseen -> new LoopTicker(unseen, nanoClock));
        return new CallMedia(this, loop, ticker, ports, agreed, srtp, trusted, listener);
    }

    /** Returns the names of the loops whose calls should get a beat every 20 ms and get none. */
    public List<String> stalledLoops() {
        return tickers.entrySet().stream()
                .filter(ticker -> ticker.getValue().stalled())
                .map(ticker -> ticker.getKey().name())
                .toList();
    }

    Codecs codecs() {
        return new Codecs(opus);
    }

    /** Returns whether keys pressed on a phone with these media are detected. */
    public boolean hearsKeys(PhoneMedia media) {
        return media.keys().isPresent() || hearsTones && media.codec().law().isPresent();
    }

    long nanos() {
        return nanoClock.getAsLong();
    }

    long random32() {
        return random.nextLong() & 0xffffffffL;
    }

    String cname() {
        return "%016x".formatted(random.nextLong());
    }
}
