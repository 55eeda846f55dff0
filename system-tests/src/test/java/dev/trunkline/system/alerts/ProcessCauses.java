package dev.trunkline.system.alerts;

import dev.trunkline.events.Topics;
import dev.trunkline.local.Suite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Frozen;
import dev.trunkline.system.support.LiveKitSip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What happens to the suite's processes, and to those on which it depends. */
final class ProcessCauses {
    /** How many pairs of ports the relay has after it was killed. */
    static final int FEW_PAIRS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);
    private static final int TONE = 700;
    private static final long ECHO_MILLIS = 500;
    private static final int UNUSED_PORT = 19_273;
    private static final String FEW_PORTS = "32500-" + (32_500 + 2 * FEW_PAIRS - 1);
    private static final String SMALLER_THAN_AN_INVITE = "300";
    private static final int BACKLOG = 30_000;
    private static final double NEARLY_ALL = 0.94;

    /**
     * Alerts that faster time cannot show, with the reason; promtool's cases in {@code alerts.test.yaml} cover them.
     */
    static final Map<String, String> NOT_IN_FASTER_TIME = Map.of(
            "TrunklineDirectoryUnreachable",
            "it counts failed attempts, and while Postgres is away the router makes one every few seconds, however short the windows are");

    private ProcessCauses() {}

    static Cause relayKilled() {
        List<String> alerts = List.of("TrunklineServiceDown", "TrunklineNoRelay", "TrunklineCallsLost", "TrunklineCallsRefused");
        return new Cause(alerts, "the only relay is killed during a call, and others call", suite -> {
            Phone phone = suite.phone();
            Call call = phone.dial(CallRequest.to(WatchedSuite.ECHO).from("+32470170021").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            Await.until("the agent's echo", PATIENCE, () -> call.media().heardMillis(TONE) >= ECHO_MILLIS);
            suite.process("media-relay").kill();
            Repeated calls = Repeated.every(BETWEEN_CALLS, () ->
                    phone.dial(CallRequest.to(WatchedSuite.ECHO).from("+32470170022")).awaitFinal(PATIENCE));
            return () -> {
                calls.close();
                phone.close();
                // It comes back with as few ports as portsNearlyGone needs.
                suite.process("media-relay").startsWith(Map.of("TRUNKLINE_RTP_PORTS", FEW_PORTS));
                suite.guarded().suite().restart("media-relay");
            };
        });
    }

    static Cause postgresAway() {
        return Cause.of("TrunklineSipApiFails", "Postgres is stopped, and a program places calls by LiveKit's API", suite -> {
            suite.awaitReady("livekit-sip-api");
            LiveKitSip liveKit = suite.guarded().liveKitSip();
            String trunk = liveKit.outboundTrunk("alerts-carrier", WatchedSuite.ADDRESS + ":" + UNUSED_PORT, "+3225550100");
            CreateSIPParticipantRequest request = CreateSIPParticipantRequest.newBuilder()
                    .setSipTrunkId(trunk).setSipCallTo("+3225550191").setRoomName("alerts").setParticipantIdentity("callee").build();
            suite.guarded().suite().stopPostgres();
            Repeated requests = Repeated.every(BETWEEN_CALLS, () -> liveKit.create(request).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return () -> {
                requests.close();
                liveKit.deleteTrunk(trunk);
                suite.guarded().suite().startPostgres();
            };
        });
    }

    static Cause redisAndLiveKitAway() {
        return new Cause(List.of("TrunklineRedisDown", "TrunklineLiveKitDown"), "Redis and LiveKit are stopped", suite -> {
            Suite parts = suite.guarded().suite();
            parts.stopLiveKit();
            parts.stopRedis();
            return () -> {
                parts.startRedis();
                parts.startLiveKit();
                // It is a LiveKit worker, and reconnects in its own time.
                suite.process("demo-agent").kill();
                parts.restart("demo-agent");
            };
        });
    }

    static Cause eventsNotPublished() {
        return Cause.of("TrunklineEventsNotPublished", "the topic of the events is set to take only very small records", suite -> {
            Admin admin = Admin.create(Map.of("bootstrap.servers", kafka(suite)));
            largest(admin, AlterConfigOp.OpType.SET);
            Phone phone = suite.phone();
            phone.dial(CallRequest.to(WatchedSuite.ECHO).from("+32470170023"));
            return () -> {
                try (admin; phone) {
                    largest(admin, AlterConfigOp.OpType.DELETE);
                }
            };
        });
    }

    private static void largest(Admin admin, AlterConfigOp.OpType change) throws Exception {
        var operation = new AlterConfigOp(new ConfigEntry("max.message.bytes", SMALLER_THAN_AN_INVITE), change);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS), List.of(operation)))
                .all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static Cause tableNotRead() {
        return Cause.of("TrunklineTableNotRead", "Kafka stands still for more than a minute", suite -> {
            Frozen kafka = Frozen.process(suite.process("kafka").pid());
            return () -> {
                kafka.close();
                WatchedSuite.SERVICES.forEach(suite::awaitReady);
            };
        });
    }

    static Cause kafkaBehind() {
        return Cause.of("TrunklineKafkaBehind", "the router stands still while " + BACKLOG + " records are written", suite -> {
            try (Frozen router = Frozen.process(suite.process("call-router").pid())) {
                backlog(kafka(suite));
            }
            return () -> suite.awaitReady("call-router");
        });
    }

    /** Writes records of a kind that no service knows yet, which each passes over. */
    private static void backlog(String kafka) throws InterruptedException {
        byte[] kind = "dev.trunkline.call.from.the.future.v9".getBytes(StandardCharsets.UTF_8);
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka, "linger.ms", "20");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < BACKLOG; i++) {
                var record = new ProducerRecord<>(Topics.EVENTS, 0, UUID.randomUUID().toString(), value);
                record.headers().add("ce_type", kind);
                producer.send(record);
            }
        }
    }

    private static String kafka(WatchedSuite suite) {
        return suite.guarded().suite().backends().kafka();
    }

    static Cause heapNearlyFull(Sabotage sabotage) {
        return Cause.of("TrunklineHeapNearlyFull", "a service leaks memory", suite -> {
            long pid = suite.process("livekit-sip-api").pid();
            sabotage.leak(pid, NEARLY_ALL);
            return () -> sabotage.mend(pid);
        });
    }

    static Cause containedFaults(Sabotage sabotage) {
        return Cause.of("TrunklineContainedFaults", "a bug in the edge's look-up of host names, which strikes once", suite -> {
            sabotage.bug(suite.process("sip-edge").pid(), "dev.trunkline.edge.trunks.HostNames", "look");
            return () -> {};
        });
    }
}
