package dev.trunkline.sipapi.service;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.Rounds;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.events.CallId;
import dev.trunkline.psrpc.RedisBus;
import dev.trunkline.psrpc.RpcMethod;
import dev.trunkline.psrpc.RpcServer;
import dev.trunkline.sipapi.calls.CallBook;
import dev.trunkline.sipapi.calls.CallEars;
import dev.trunkline.sipapi.calls.RelayEars;
import dev.trunkline.sipapi.calls.RelayShare;
import dev.trunkline.sipapi.metrics.SipApiMetrics;
import dev.trunkline.sipapi.requests.CreateParticipant;
import dev.trunkline.sipapi.requests.InlineTrunks;
import dev.trunkline.sipapi.requests.TransferParticipant;
import dev.trunkline.sipapi.router.Router;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Assembles the service: LiveKit's Redis on one side, the router and Kafka on the other. No call waits for it. */
@Singleton
public class SipApi implements CallBook.Listener {
    private static final String SERVICE = "SIPInternal";
    private static final RpcMethod CREATE = RpcMethod.single(SERVICE, "CreateSIPParticipant");
    private static final RpcMethod TRANSFER = RpcMethod.single(SERVICE, "TransferSIPParticipant");
    private static final Duration REDIS = Duration.ofSeconds(2);
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Time for completing requests in progress when the service stops. */
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final SipApiSettings settings;
    private final RedisBus redis;
    private final RpcServer server;
    private final Router router;
    private final CallEars ears;
    private final RelayShare share = new RelayShare(System::nanoTime);
    private final RelayEars relays;
    private final InlineTrunks inline;
    private final CreateParticipant create;
    private final TransferParticipant transfer;
    private final Rounds keeper;
    private final Map<String, RedisBus.Subscription> transfers = new ConcurrentHashMap<>();
    /** The result of the keeper's last check. */
    private volatile boolean routerAnswers;
    private volatile boolean redisAnswers;
    private volatile boolean draining;
    private RedisBus.Subscription creations = () -> {};

    public SipApi(SipApiSettings given, MeterRegistry registry) {
        this.settings = SettingsCheck.check(given);
        SipApiSettings.LiveKitSip own = settings.livekitSip();
        var metrics = new SipApiMetrics(registry);
        var faults = new ContainedFaults(registry);
        Clock clock = SteadyClock.ofThisProcess();
        this.redis = new RedisBus(own.redis(), REDIS, faults::caught);
        this.server = new RpcServer(redis, clock, new SecureRandom(), own.mostRequests());
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECTING).version(HttpClient.Version.HTTP_1_1).build();
        this.router = new Router(own.routerUrl(), settings.adminToken(), http);
        var book = new CallBook(this, clock);
        metrics.watchCalls(book::size);
        this.ears = new CallEars(
                book, KafkaAddress.of(settings).metered(registry), settings.instance(), own.lookBack(), clock, faults);
        this.relays = new RelayEars(share, KafkaAddress.of(settings).metered(registry), settings.instance(), faults);
        this.inline = new InlineTrunks(
                router, own.inlineCountries().orElse(List.of()), own.organisation(), settings.adminToken(), clock);
        this.create = new CreateParticipant(
                router, redis, book, inline, own.organisation(), this::affinity, metrics, clock);
        this.transfer = new TransferParticipant(router, book, own.transferWay(), metrics, clock);
        this.keeper = new Rounds("sip-api-keeper", this::look, faults);
    }

    void start(@Observes StartupEvent event) {
        JsonLines.install(settings, "livekit-sip-api", settings.instance());
        redis.start();
        ears.start();
        relays.start();
        keeper.start();
        creations = server.register(CREATE, settings.livekitSip().cluster().orElse(""), create);
    }

    /**
     * Stops the service. Requests from now on are left to others; pending requests whose outcome is known within three seconds
     * are still answered.
     */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        draining = true;
        creations.close();
        transfers.values().forEach(RedisBus.Subscription::close);
        server.drain(DRAIN);
        keeper.close();
        ears.close();
        relays.close();
        redis.close();
    }

    @Override
    public void begins(String sipCallId, CallId callId) {
        transfers.put(sipCallId, server.register(TRANSFER, sipCallId, transfer));
    }

    @Override
    public void ends(String sipCallId) {
        RedisBus.Subscription subscription = transfers.remove(sipCallId);
        if (subscription != null) {
            subscription.close();
        }
    }

    private Duration look() throws InterruptedException {
        routerAnswers = router.answers();
        try {
            redisAnswers = redis.answers().toCompletableFuture().get(REDIS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            redisAnswers = false;
        }
        inline.sweep();
        return BETWEEN_LOOKS;
    }

    /** Returns whether an outbound call can be placed and its outcome would be received. */
    boolean willing() {
        return !draining && routerAnswers && ears.reading();
    }

    /**
     * Returns the affinity to offer. A half-full suite leaves more requests to others; one whose relays are all full or
     * draining leaves all of them.
     */
    private float affinity() {
        return willing() ? settings.livekitSip().affinity() * share.taking() : 0;
    }

    /** Returns whether any relay takes calls. */
    boolean relaysTake() {
        return share.taking() > 0;
    }

    boolean routerAnswers() {
        return routerAnswers;
    }

    boolean redisAnswers() {
        return redisAnswers;
    }

    boolean keepsWatch() {
        return keeper.alive();
    }

    String kafka() {
        return ears.state();
    }
}
