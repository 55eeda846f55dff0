package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.bus.traces.CallTraces;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.Topics;
import dev.trunkline.events.privacy.SealKeys;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.bridge.MediaShop;
import dev.trunkline.relay.pin.PinThrottle;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.room.LiveKitAddress;
import dev.trunkline.relay.room.RoomJoiner;
import dev.trunkline.relay.room.RoomService;
import dev.trunkline.relay.room.RoomTokens;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.OwnAddresses;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sounds.SoundLibrary;
import dev.trunkline.relay.sounds.SoundTail;
import dev.trunkline.relay.voicemail.Voicemails;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.loop.MediaLoop;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The assembled relay: a group that brings calls, a tail that brings their events, and their shared dependencies.
 *
 * <pre>
 *   created --start()--> warming up --> taking calls --drain()--> no new calls --close()--> closed
 * </pre>
 */
public final class MediaRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MediaRelay.class);
    private static final Duration ASSIGNMENT = Duration.ofMinutes(5);
    private static final Duration SOUNDS = Duration.ofSeconds(10);
    private static final Duration PULSE = Duration.ofSeconds(1);
    /** If Kafka has not been read for this long, it counts as unavailable for new calls. */
    private static final Duration DEAF = Duration.ofSeconds(5);
    /** A media loop responds within microseconds; one that does not respond in this time has stopped or is stuck. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    private final LiveKitRtc rtc;
    private final RoomJoiner rooms;
    private final RoomService roomService;
    private final ExecutorService threads;
    private final CallEventPublisher publisher;
    private final CallTraces traces;
    private final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS), this::partitions, System::nanoTime);
    private final KeptPartitions commanded = new KeptPartitions(List.of(Topics.COMMANDS), this::partitions, System::nanoTime);
    private final PortPool ports;
    private final Calls calls;
    private final Capacity capacity;
    private final TopicTail tail;
    private final TopicTail commands;
    private final TopicTail sounds;
    private final CallEventGroup group;
    private final GroupMembers members;
    private final ContainedFaults faults;
    private final MediaShop media;
    private final KafkaPulse pulse;
    private final RelayHeartbeats heartbeats;
    private final List<PeriodicTask> periodic;
    private final GivenAway givenAway;
    private final Duration edgeReply;
    private final Optional<Voicemails> voicemails;
    private volatile boolean warm;
    private volatile boolean closed;

    private MediaRelay(RelaySettings settings, RelayMetrics metrics, ContainedFaults faults, Clock clock) {
        this.faults = faults;
        var random = new SecureRandom();
        var sealer = SealKeys.parse(settings.sealKey(), settings.sealKeyAlso()).sealer(random);
        var liveKit = new LiveKitAddress(
                settings.livekit().url(), settings.livekit().apiKey(),
                required(settings.livekit().apiSecret(), "LIVEKIT_API_SECRET"));
        InetAddress bind = RtpAddresses.bind(settings.bind());
        OwnAddresses advertised = RtpAddresses.advertised(bind, settings.rtp().advertised());
        edgeReply = settings.media().edgeReply();
        givenAway = new GivenAway(settings.relay().handOver(), clock);
        ports = new PortPool(PortRange.parse(settings.rtp().ports()), settings.rtp().rest(), clock, random);
        calls = new Calls(clock, kept, commanded);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        rtc = LiveKitRtc.create(rtcSettings(settings, bind).withFaults(faults::caught), clock);
        var tokens = new RoomTokens(liveKit, clock);
        roomService = new RoomService(liveKit, threads);
        rooms = new RoomJoiner(rtc, liveKit, tokens, roomService, random);
        OpusCodec opus = OpusCodec.detect();
        LOG.infof("Opus is provided by %s", opus.name());
        var library = new SoundLibrary(opus);
        Optional<Sound.Source> waiting = WaitingAudio.of(settings.media());
        media = new MediaShop(
                opus, settings.media().timeout(), settings.media().longestHold(),
                (int) settings.media().heartbeat().toSeconds(),
                settings.media().inbandKeys(), clock,
                System::nanoTime, random, metrics, faults::caught).playing(waiting);
        KafkaAddress kafka = KafkaAddress.of(settings).metered(metrics.registry());
        publisher = new CallEventPublisher(kafka, settings.instance(), faults);
        traces = CallTraces.of(settings, CallVoice.SERVICE, settings.instance());
        var envelopes = traces.envelopes("/" + CallVoice.SERVICE + "/" + settings.instance(), clock, UUID::randomUUID);
        var times = new CallTimes(
                edgeReply, settings.media().ringing(), settings.media().join(), settings.media().rejoin());
        var guards = new CallGuards(
                faults, this::heard,
                new PinThrottle(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
        voicemails = VoicemailSetup.of(settings, publisher, envelopes, metrics, faults, random);
        var context = new CallContext(
                settings.instance(), new RtpBinding(bind, settings.rtp().dscp()), advertised, ports, rtc::nextLoop, media,
                new OfferJudge(codecs(settings), advertised, settings.media().comfortNoise()),
                waiting, library, voicemails, rooms, new SealedCallers(sealer), sealer, publisher, envelopes, times, HandOverTerms.of(settings.transfer()), threads,
                clock, random, guards, metrics);
        members = new GroupMembers(kafka, settings.instance() + "-members", CallVoice.SERVICE);
        capacity = new Capacity(calls, ports, settings.relay().maxCalls(), settings.relay().rejoinAt(), members::alone, this::member,
                System::nanoTime);
        var given = new GivenRooms(threads, System::nanoTime, metrics);
        tail = new TopicTail(
                kafka, settings.instance() + "-tail", List.of(Topics.EVENTS), new TopicTail.From.Now(),
                new CallTail(calls, given, faults), kept, faults);
        commands = new TopicTail(
                kafka, settings.instance() + "-commands", List.of(Topics.COMMANDS), new TopicTail.From.Now(),
                new CommandTail(calls, faults), commanded, faults);
        sounds = new TopicTail(
                kafka, settings.instance() + "-sounds", List.of(Topics.SOUNDS), new TopicTail.From.Beginning(),
                new SoundTail(library, faults), faults);
        group = new CallEventGroup(
                kafka, CallVoice.SERVICE, settings.instance(), Set.of(CallAdmitted.class, MediaLost.class),
                new CallIntake(context, calls, capacity, given, new RecordAges(clock, this::longestOnTheWay)), publisher, new IntakePartitions(kept, commanded, clock), faults);
        pulse = new KafkaPulse(tail::readToEnd, System::nanoTime);
        Instant startedAt = clock.instant();
        heartbeats = RelayHeartbeats.to(
                kafka, settings.instance(),
                () -> new RelayHeartbeat(
                        settings.instance(), capacity.now(), calls.count(), Optional.of(startedAt), givenAway.since()));
        periodic = Stream.concat(
                Stream.of(
                        new PeriodicTask("relay-heartbeat", settings.relay().heartbeat(), heartbeats::beat, faults),
                        new PeriodicTask("kafka-pulse", PULSE, pulse::ask, faults),
                        new PeriodicTask("capacity", settings.relay().review(), capacity::review, faults)),
                voicemails.stream().map(kept ->
                        new PeriodicTask("voicemail-post", settings.voicemail().retry(), kept.post()::all, faults))).toList();
        metrics.watchSounds(library::count);
        metrics.watch(tail, group, () -> kept.owned().size());
        metrics.watch(calls::count, ports::inUse, ports::available, rtc::rooms,
                () -> rtc.loops().stream().mapToInt(MediaLoop::timers).sum(),
                () -> rtc.loops().stream().mapToInt(MediaLoop::sockets).sum());
    }

    private Duration longestOnTheWay() {
        return group.longestOnTheWay();
    }

    /** @throws IllegalArgumentException that says which setting is wrong and what to set it to */
    public static MediaRelay create(RelaySettings settings, RelayMetrics metrics, ContainedFaults faults, Clock clock) {
        return new MediaRelay(settings, metrics, faults, clock);
    }

    private static RtcSettings rtcSettings(RelaySettings settings, InetAddress bind) {
        RtcSettings rtc = RtcSettings.defaults().withResumeTimeout(settings.media().rejoin());
        if (!bind.isAnyLocalAddress()) {
            rtc = rtc.withBindAddress(bind);
        }
        return settings.relay().loops().isPresent() ? rtc.withLoops(settings.relay().loops().get()) : rtc;
    }

    private static List<PhoneCodec> codecs(RelaySettings settings) {
        List<PhoneCodec> codecs = settings.media().codecs().stream()
                .map(name -> PhoneCodec.named(name).orElseThrow(() -> new IllegalArgumentException(
                        "TRUNKLINE_MEDIA_CODECS names \"" + name + "\": use any of pcmu, pcma, g722 and opus")))
                .toList();
        if (codecs.isEmpty()) {
            throw new IllegalArgumentException("TRUNKLINE_MEDIA_CODECS names no codec: use any of pcmu, pcma, g722 and opus");
        }
        return codecs;
    }

    private static String required(Optional<String> value, String name) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }

    /** Blocks until calls are taken. */
    public void start() {
        rtc.warmUp();
        faults.guarded("warm-up", rooms::warmUp).run();
        tail.start();
        commands.start();
        sounds.start();
        tail.caughtUp().toCompletableFuture().join();
        awaitSounds();
        group.start();
        try {
            if (!group.awaitAssigned(ASSIGNMENT)) {
                LOG.warn("no partitions have been assigned yet: there may be more relays than partitions");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        faults.guarded("relay-heartbeat", heartbeats::begin).run();
        synchronized (periodic) {
            if (!closed) {
                warm = true;
                LOG.infof("taking calls, %d ports free", ports.available());
                pulse.ask();
                periodic.forEach(PeriodicTask::start);
            }
        }
    }

    /** A caller who is due an announcement shall hear it; but calls do not wait for a topic that does not exist. */
    private void awaitSounds() {
        try {
            sounds.caughtUp().toCompletableFuture().get(SOUNDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf(
                    "the topic %s was not read within %d s: calls are accepted, but announcements are missing until it is",
                    Topics.SOUNDS, SOUNDS.toSeconds());
        }
    }

    private int partitions() {
        return tail.partitions();
    }

    /** Completes once everything that is on Kafka now is handled, in the partitions that have calls. */
    private CompletionStage<Void> heard() {
        return tail.readToEnd();
    }

    private void member(boolean take) {
        if (take) {
            group.join();
        } else {
            group.leave();
        }
    }

    /** Returns why no call can be taken now; empty if one can. */
    public String hindrance() {
        if (!warm) {
            return "warming up";
        }
        if (capacity.draining()) {
            return "draining";
        }
        Optional<String> missing = group.missingRight().or(tail::missingRight).or(commands::missingRight).or(sounds::missingRight);
        if (missing.isPresent()) {
            return missing.get();
        }
        if (!group.healthy() || !tail.healthy()) {
            return "not reading from Kafka";
        }
        if (pulse.age().compareTo(DEAF) > 0) {
            return "Kafka has not been read for " + pulse.age().toSeconds() + " s";
        }
        if (publisher.stuck().isPresent()) {
            return publisher.stuck().get();
        }
        List<String> silent = silentLoops();
        if (!silent.isEmpty()) {
            return "no sign of life from " + String.join(", ", silent);
        }
        return ports.available() == 0 ? "no free RTP port" : "";
    }

    /** Returns the media loops that have stopped or are stuck, or that give calls no beat; blocks for a second at most. */
    public List<String> silentLoops() {
        return Stream.concat(rtc.silentLoops(SIGN_OF_LIFE).stream(), media.stalledLoops().stream()).distinct().toList();
    }

    /** Returns the number of calls in progress. */
    public int calls() {
        return calls.count();
    }

    /**
     * Takes no new calls and waits for those in progress, which other relays may take over meanwhile. The edge is asked to end those that
     * last too long, and gets the time to publish their end, because nobody else publishes in time what the relay leaves unpublished.
     */
    public void drain(Duration atMost) throws InterruptedException {
        capacity.drain();
        givenAway.begin();
        if (warm) {
            faults.guarded("relay-heartbeat", heartbeats::beat).run();
        }
        LOG.infof("draining, %d calls in progress", calls.count());
        awaitNoCalls(atMost);
        if (calls.count() > 0) {
            LOG.infof("%d calls are still in progress after %d s and are being ended", calls.count(), atMost.toSeconds());
        }
        calls.all().forEach(RelayedCall::shutDown);
        awaitNoCalls(edgeReply.plusSeconds(1));
    }

    private void awaitNoCalls(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (calls.count() > 0 && System.nanoTime() - end < 0) {
            Thread.sleep(50);
        }
    }

    /** Closes each part independently: a part that throws does not prevent the others. */
    @Override
    public void close() {
        synchronized (periodic) {
            closed = true;
        }
        for (Runnable step : List.<Runnable>of(
                group::close, tail::close, commands::close, sounds::close, rtc::close,
                () -> voicemails.ifPresent(kept -> kept.post().close()), publisher::close, traces::close,
                () -> periodic.forEach(PeriodicTask::close), heartbeats::close, members::close, roomService::close, threads::close)) {
            faults.guarded("relay-close", step).run();
        }
    }
}
