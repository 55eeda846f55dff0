package dev.trunkline.relay.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.Topics;
import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealKeys;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.bridge.MediaShop;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.relay.room.LiveKitAddress;
import dev.trunkline.relay.room.RoomEntry;
import dev.trunkline.relay.room.RoomService;
import dev.trunkline.relay.room.RoomTokens;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.OpusCodec;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The relay, put together: a group that brings calls, a tail that brings what happens to them, and what they stand on.
 *
 * <pre>
 *   created --start()--> warming up --> taking calls --drain()--> no new calls --close()--> closed
 * </pre>
 */
public final class MediaRelay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MediaRelay.class);
    private static final Duration ASSIGNMENT = Duration.ofMinutes(5);
    /** While full: how often it is looked whether a port has rested or another relay came. */
    private static final Duration REVIEW = Duration.ofSeconds(2);

    private final LiveKitRtc rtc;
    private final RoomEntry rooms;
    private final HttpClient http;
    private final ExecutorService threads;
    private final CallEventPublisher publisher;
    private final PortPool ports;
    private final Calls calls;
    private final Capacity capacity;
    private final TopicTail tail;
    private final CallEventGroup group;
    private final GroupMembers members;
    private final Duration edgeReply;
    private volatile boolean warm;
    private volatile boolean closed;

    private MediaRelay(RelaySettings settings, RelayMetrics metrics, Clock clock) {
        var random = new SecureRandom();
        var sealer = SealKeys.parse(settings.sealKey(), settings.sealKeyAlso()).sealer(random);
        var liveKit = new LiveKitAddress(
                settings.livekit().url(), settings.livekit().apiKey(),
                required(settings.livekit().apiSecret(), "LIVEKIT_API_SECRET"));
        InetAddress bind = literal("TRUNKLINE_BIND", settings.bind());
        InetAddress advertised = settings.rtp().advertised()
                .map(text -> literal("TRUNKLINE_RTP_ADVERTISED", text))
                .orElse(bind);
        if (advertised.isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "TRUNKLINE_BIND is every address, so set TRUNKLINE_RTP_ADVERTISED to the one that phones shall send to");
        }
        edgeReply = settings.media().edgeReply();
        ports = new PortPool(PortRange.parse(settings.rtp().ports()), settings.rtp().rest(), clock);
        calls = new Calls(clock);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        http = HttpClient.newBuilder().executor(threads).connectTimeout(Duration.ofSeconds(3)).build();
        rtc = LiveKitRtc.create(rtcSettings(settings, bind));
        var tokens = new RoomTokens(liveKit, clock);
        rooms = new RoomEntry(rtc, liveKit, tokens, new RoomService(http, liveKit, tokens), random);
        OpusCodec opus = OpusCodec.detect();
        LOG.infof("Opus by %s", opus.name());
        var media = new MediaShop(
                opus, settings.media().timeout(), (int) settings.media().heartbeat().toSeconds(),
                settings.media().inbandKeys(), clock,
                System::nanoTime, random, metrics);
        KafkaAddress kafka = KafkaAddress.of(settings.kafka());
        publisher = new CallEventPublisher(kafka, settings.instance());
        var envelopes = new Envelopes("/" + CallVoice.SERVICE + "/" + settings.instance(), clock, UUID::randomUUID);
        var times = new CallTimes(edgeReply, settings.media().ringing(), settings.media().rejoin());
        var context = new CallContext(
                settings.instance(), bind, advertised, ports, rtc::nextLoop, media, new OfferJudge(codecs(settings)),
                WaitingAudio.of(settings.media()), rooms, new SealedCallers(sealer), sealer, publisher, envelopes, times, threads, clock, random, metrics);
        members = new GroupMembers(kafka, CallVoice.SERVICE);
        capacity = new Capacity(calls, ports, settings.relay().maxCalls(), members::alone, this::member);
        tail = new TopicTail(
                kafka, settings.instance() + "-tail", List.of(Topics.EVENTS), new TopicTail.From.Now(), new CallTail(calls));
        group = new CallEventGroup(
                kafka, CallVoice.SERVICE, settings.instance(), Set.of(CallAdmitted.class),
                new CallIntake(context, calls, capacity), publisher);
        metrics.watch(calls::count, ports::inUse, ports::available);
    }

    /** @throws IllegalArgumentException that says which setting is wrong and what to set it to */
    public static MediaRelay create(RelaySettings settings, RelayMetrics metrics, Clock clock) {
        return new MediaRelay(settings, metrics, clock);
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

    private static String required(java.util.Optional<String> value, String name) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }

    private static InetAddress literal(String name, String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be an IP address, for example 192.0.2.10");
        }
    }

    /** Blocks until calls are taken. */
    public void start() {
        rtc.warmUp();
        rooms.warmUp();
        tail.start();
        tail.caughtUp().toCompletableFuture().join();
        group.start();
        try {
            if (!group.awaitAssigned(ASSIGNMENT)) {
                LOG.warn("no partitions were assigned yet: there may be more relays than partitions");
            }
            warm = true;
            LOG.infof("taking calls, %d ports free", ports.available());
            while (!closed) {
                Thread.sleep(REVIEW);
                capacity.review();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void member(boolean take) {
        if (take) {
            group.join();
        } else {
            group.leave();
        }
    }

    /** Why no call can be taken now; empty if one can. */
    public String hindrance() {
        if (!warm) {
            return "warming up";
        }
        if (capacity.draining()) {
            return "draining";
        }
        if (!group.healthy() || !tail.healthy()) {
            return "not reading from Kafka";
        }
        return ports.available() == 0 ? "no free RTP port" : "";
    }

    /** Calls in progress. */
    public int calls() {
        return calls.count();
    }

    /** Takes no new calls and waits for those in progress; those that go on for too long are ended. */
    public void drain(Duration atMost) throws InterruptedException {
        capacity.drain();
        LOG.infof("draining, %d calls in progress", calls.count());
        awaitNoCalls(atMost);
        calls.all().forEach(RelayedCall::drain);
        awaitNoCalls(edgeReply.plusSeconds(1));
    }

    private void awaitNoCalls(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (calls.count() > 0 && System.nanoTime() - end < 0) {
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        closed = true;
        group.close();
        tail.close();
        rtc.close();
        publisher.close();
        members.close();
        http.close();
        threads.close();
    }
}
