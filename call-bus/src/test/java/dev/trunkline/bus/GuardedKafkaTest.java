package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.Envelopes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka with TLS, a user for each service, and separate rights for each user. */
class GuardedKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GROUP = "call-router";
    private static Path certificate;
    private static TestBroker broker;

    @ConfigMapping(prefix = "trunkline")
    interface Settings extends KafkaSettings {}

    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final CallId call = CallId.of(UUID.randomUUID().toString().replaceFirst("-4(...)-", "-7$1-"));

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path keystore = folder.resolve("broker.p12");
        certificate = folder.resolve("ca.pem");
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", keystore.toString());
        keytool("-exportcert", "-rfc", "-alias", "broker", "-keystore", keystore.toString(), "-file", certificate.toString());
        var users = new LinkedHashMap<String, String>();
        Stream.of("admin", "edge", "router", "loser", "stranger").forEach(user -> users.put(user, passwordOf(user)));
        broker = TestBroker.guarded(folder.resolve("kafka"), new TestBroker.Guard(keystore, "changeit", certificate, users));
        TopicSetup.ensure(as("admin"), 4, (short) 1);
        try (Admin admin = Admin.create(as("admin").adminProperties("test"))) {
            admin.createAcls(List.of(
                    may("edge", ResourceType.TOPIC, Topics.EVENTS, AclOperation.WRITE),
                    may("router", ResourceType.TOPIC, Topics.EVENTS, AclOperation.READ),
                    may("router", ResourceType.GROUP, GROUP, AclOperation.READ))).all().get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-storepass", "changeit"),
                Stream.of(arguments)).toList();
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor()).isZero();
    }

    private static AclBinding may(String user, ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static String passwordOf(String user) {
        return user + "-password";
    }

    private static KafkaAddress as(String user) {
        return with(user, passwordOf(user));
    }

    private static KafkaAddress with(String user, String password) {
        Map<String, String> settings = new HashMap<>();
        settings.put("trunkline.kafka", broker.address().bootstrapServers());
        settings.put("trunkline.kafka-tls", "true");
        settings.put("trunkline.kafka-trust", certificate.toString());
        settings.put("trunkline.kafka-user", user);
        settings.put("trunkline.kafka-password", password);
        return KafkaAddress.of(new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(Settings.class));
    }

    private CallEventGroup group(KafkaAddress kafka, CallEventPublisher publisher, Collection<Envelope> heard) {
        return new CallEventGroup(kafka, GROUP, "test-" + UUID.randomUUID(), Set.of(CallHeld.class), envelope -> {
            heard.add(envelope);
            return CompletableFuture.completedStage(null);
        }, publisher);
    }

    @Test
    void whoMayWriteWritesAndWhoMayReadReads() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        try (CallEventPublisher edge = new CallEventPublisher(as("edge"), "edge-1");
                CallEventPublisher router = new CallEventPublisher(as("router"), "router-1");
                CallEventGroup group = group(as("router"), router, heard)) {
            group.start();
            assertThat(edge.publish(envelopes.first(new CallHeld(call), Envelope.Owners.NONE))).succeedsWithin(PATIENCE);
            awaitEventOf(call, heard);
            assertThat(group.reading()).isTrue();
        }
    }

    private CallEventChannel channel(KafkaAddress kafka, CallEventPublisher publisher, Collection<Envelope> heard) {
        return new CallEventChannel(kafka, GROUP, "test-" + UUID.randomUUID(), Set.of(CallHeld.class), envelope -> {
            heard.add(envelope);
            return CompletableFuture.completedStage(null);
        }, publisher, ContainedFaults.logged(), ChannelByHand.with(ChannelByHand.SETTINGS));
    }

    @Test
    void aChannelReadsAsTheSameUserByTheSameTls() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        var held = new CallId(UUID.randomUUID());
        try (CallEventPublisher edge = new CallEventPublisher(as("edge"), "edge-4");
                CallEventPublisher router = new CallEventPublisher(as("router"), "router-4");
                CallEventChannel channel = channel(as("router"), router, heard)) {
            assertThat(channel.start().awaitAssigned(PATIENCE)).isTrue();
            assertThat(edge.publish(envelopes.first(new CallHeld(held), Envelope.Owners.NONE))).succeedsWithin(PATIENCE);
            awaitEventOf(held, heard);
        }
    }

    /** Waits for an event of the call and skips others, because a new group begins some seconds back, where other tests' calls are. */
    private static void awaitEventOf(CallId call, BlockingQueue<Envelope> heard) throws InterruptedException {
        Envelope envelope = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while (envelope != null && !envelope.callId().equals(call)) {
            envelope = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(envelope).isNotNull();
    }

    @Test
    void aChannelWithoutTheRightToReadIsDeafAndNoMember() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        try (CallEventPublisher publisher = new CallEventPublisher(as("stranger"), "stranger-4");
                CallEventChannel channel = channel(as("stranger"), publisher, heard)) {
            channel.start();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (channel.reading() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(channel.reading()).isFalse();
            assertThat(channel.healthy()).isFalse();
            assertThat(saying(channel::missingRight)).contains("no right to READ topic call-events");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void whoMayNotWriteSaysWhy() throws InterruptedException {
        try (CallEventPublisher stranger = new CallEventPublisher(as("stranger"), "stranger-1")) {
            stranger.publish(envelopes.first(new CallHeld(call), Envelope.Owners.NONE));
            assertThat(whyStuck(stranger)).contains("call-events cannot be written: its Kafka user has no right to WRITE topic call-events");
        }
    }

    @Test
    void whatSomebodyWithAWrongPasswordWritesFailsAndSaysWhy() {
        try (CallEventPublisher edge = new CallEventPublisher(with("edge", "not-this-one"), "edge-2")) {
            assertThat(edge.publish(envelopes.first(new CallHeld(call), Envelope.Owners.NONE)))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("Authentication failed");
        }
    }

    private static String whyStuck(CallEventPublisher publisher) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (publisher.stuck().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        return publisher.stuck().orElse("nothing");
    }

    @Test
    void whoMayNotReadIsDeafAndHealthSaysSo() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        try (CallEventPublisher publisher = new CallEventPublisher(as("stranger"), "stranger-2");
                CallEventGroup group = group(as("stranger"), publisher, heard)) {
            group.start();
            awaitDeaf(group);
            assertThat(saying(group::missingRight)).contains("no right to READ topic call-events");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void whoHasAWrongPasswordIsDeafAndHealthSaysSo() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        KafkaAddress wrong = with("router", "not-this-one");
        try (CallEventPublisher publisher = new CallEventPublisher(wrong, "router-3");
                CallEventGroup group = group(wrong, publisher, heard)) {
            group.start();
            awaitDeaf(group);
            assertThat(saying(group::missingRight)).contains("rejects its credentials", "TRUNKLINE_KAFKA_PASSWORD");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void whoLosesARightSaysWhichAndGoesOnWhenItHasItAgain() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        AclBinding read = may("loser", ResourceType.TOPIC, Topics.EVENTS, AclOperation.READ);
        AclBinding write = may("loser", ResourceType.TOPIC, Topics.EVENTS, AclOperation.WRITE);
        AclBinding member = may("loser", ResourceType.GROUP, "losers", AclOperation.READ);
        try (Admin admin = Admin.create(as("admin").adminProperties("test"));
                CallEventPublisher publisher = new CallEventPublisher(as("loser"), "loser-1");
                CallEventGroup group = new CallEventGroup(as("loser"), "losers", "loser-1", Set.of(CallHeld.class), envelope -> {
                    heard.add(envelope);
                    return CompletableFuture.completedStage(null);
                }, publisher)) {
            admin.createAcls(List.of(read, write, member)).all().get();
            group.start();
            assertThat(group.awaitAssigned(PATIENCE)).isTrue();
            assertThat(publisher.publish(envelopes.first(new CallHeld(call), Envelope.Owners.NONE))).succeedsWithin(PATIENCE);
            assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();

            admin.deleteAcls(List.of(read.toFilter())).all().get();
            assertThat(saying(group::missingRight)).contains("no right to READ topic call-events", "docs/kafka.md");
            assertThat(group.reading()).isFalse();
            admin.createAcls(List.of(read)).all().get();
            assertThat(saying(() -> group.missingRight().isEmpty() ? Optional.of("well") : Optional.empty())).isEqualTo("well");

            admin.deleteAcls(List.of(write.toFilter())).all().get();
            assertThat(saying(() -> {
                publisher.publish(envelopes.first(new CallHeld(call), Envelope.Owners.NONE));
                return publisher.stuck();
            })).contains("no right to WRITE topic call-events");
            admin.createAcls(List.of(write)).all().get();
            assertThat(saying(() -> publisher.stuck().isEmpty() ? Optional.of("well") : Optional.empty())).isEqualTo("well");
            assertThat(publisher.publish(envelopes.first(new CallHeld(call), Envelope.Owners.NONE))).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void aMemberWithoutTheRightToItsGroupSaysSo() throws Exception {
        try (OwnedPartitions owned = new OwnedPartitions(
                as("edge"), "nobody-may", "edge-9", partitions -> {}, ContainedFaults.logged()).start()) {
            assertThat(saying(owned::missingRight)).contains("no right to READ group nobody-may");
        }
    }

    private static String saying(Supplier<Optional<String>> sentence) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> said = sentence.get();
        while (said.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
            said = sentence.get();
        }
        return said.orElse("nothing");
    }

    /** Waits until the reader reports that it does not read; readiness asks each reader for this. */
    private static void awaitDeaf(CallEventGroup group) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (group.reading() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(group.reading()).isFalse();
    }
}
