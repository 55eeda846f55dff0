package dev.trunkline.relay.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.CallId;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.MessageRecorded;
import dev.trunkline.events.voicemail.Voicemail;
import dev.trunkline.events.voicemail.VoicemailAbout;
import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.events.voicemail.VoicemailName;
import dev.trunkline.events.voicemail.VoicemailTerms;
import dev.trunkline.relay.voicemail.MessageRecorder.Recorded;
import dev.trunkline.relay.voicemail.VoicemailPost.Outcome;
import dev.trunkline.store.FileStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From frames to the store, with real files; stored messages are opened again. */
class VoicemailPostTest {
    private static final String ORGANISATION = "6f1d2c3b-4a59-4e68-8b77-96a5b4c3d2e1";
    private static final VoicemailKeys KEYS =
            VoicemailKeys.parse(Optional.of(Base64.getEncoder().encodeToString(new byte[32])), Optional.empty()).orElseThrow();
    private static final VoicemailTerms TERMS =
            new VoicemailTerms(true, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(7));
    private static final Instant BEGUN = Instant.parse("2026-03-02T09:15:42.100Z");

    @TempDir
    Path folder;

    private final UUID message = UUID.fromString("019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e");
    private final CallId call = new CallId(UUID.randomUUID());
    private final List<MessageEnd> over = new ArrayList<>();
    private final List<MessageRecorded> said = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private VoicemailSpool spool;
    private VoicemailPost post;
    private boolean kafka = true;

    @BeforeEach
    void start() {
        spool = new VoicemailSpool(folder.resolve("spool"), KEYS, new SecureRandom());
        post = post(folder.resolve("store"));
    }

    private VoicemailPost post(Path store) {
        return new VoicemailPost(spool, new FileStore(store), "relay-t", recorded -> {
            if (kafka) {
                said.add(recorded);
            }
            return kafka;
        }, outcomes::add, new ContainedFaults(new SimpleMeterRegistry()));
    }

    private MessageRecorder recorder() {
        return new MessageRecorder(
                new MessageWatch(TERMS),
                rate -> spool.begin(ORGANISATION, message, new VoicemailAbout(call, BEGUN, rate, 7, 1_000)), Runnable::run, over::add);
    }

    private static void speak(MessageRecorder recorder, int frames) {
        short[] frame = new short[160];
        Arrays.fill(frame, (short) 3_000);
        for (int i = 0; i < frames; i++) {
            recorder.frame(frame, 8_000);
        }
    }

    private static Recorded ended(MessageRecorder recorder, MessageEnd why) {
        return recorder.end(why).toCompletableFuture().join();
    }

    private Voicemail stored() throws IOException {
        var store = new FileStore(folder.resolve("store"));
        List<String> keys = store.list(VoicemailName.of(ORGANISATION), 10);
        assertThat(keys).hasSize(1);
        assertThat(VoicemailName.parse(keys.getFirst())).isPresent();
        try (InputStream sealed = store.get(keys.getFirst()).orElseThrow()) {
            return Voicemail.open(sealed, KEYS, ORGANISATION, message);
        }
    }

    private List<String> spooled() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void whatIsSaidIsSealedOnTheDiskAndThenStoredAndSaid() throws Exception {
        MessageRecorder recorder = recorder();
        speak(recorder, 170);
        Recorded recorded = ended(recorder, MessageEnd.KEY);
        assertThat(spooled()).containsExactly(ORGANISATION + "." + message + ".done");
        assertThat(post.one(recorded.file().orElseThrow())).isEqualTo(Outcome.STORED);
        Voicemail stored = stored();
        assertThat(stored.ended()).isEqualTo(MessageEnd.KEY);
        assertThat(stored.length()).isEqualTo(Duration.ofMillis(3_400));
        assertThat(said).containsExactly(new MessageRecorded(
                call, "relay-t", message, ORGANISATION, BEGUN, 3_400, MessageEnd.KEY, BEGUN.plus(Duration.ofDays(7))));
        assertThat(spooled()).isEmpty();
        assertThat(over).isEmpty();
    }

    @Test
    void nothingIsInTheClearOnTheDisk() throws Exception {
        MessageRecorder recorder = recorder();
        speak(recorder, 100);
        byte[] file = Files.readAllBytes(ended(recorder, MessageEnd.KEY).file().orElseThrow());
        byte[] spoken = {(byte) (3_000 & 0xff), (byte) (3_000 >> 8), (byte) (3_000 & 0xff), (byte) (3_000 >> 8)};
        for (int i = 0; i < file.length - 4; i++) {
            assertThat(Arrays.equals(file, i, i + 4, spoken, 0, 4)).as("at octet %d", i).isFalse();
        }
    }

    @Test
    void whoSaysTooLittleLeavesNothing() throws Exception {
        MessageRecorder recorder = recorder();
        speak(recorder, 20);
        assertThat(ended(recorder, MessageEnd.HUNG_UP)).isEqualTo(new Recorded(Optional.empty(), false));
        assertThat(spooled()).isEmpty();
    }

    @Test
    void ofWhatNobodyWantsNothingIsLeft() throws Exception {
        MessageRecorder recorder = recorder();
        speak(recorder, 200);
        recorder.discard();
        assertThat(spooled()).isEmpty();
        speak(recorder, 200);
        assertThat(ended(recorder, MessageEnd.KEY).file()).isEmpty();
    }

    @Test
    void whatWasSaidWhenTheRelayDiedIsStoredByTheNext() throws Exception {
        speak(recorder(), 170);
        assertThat(spooled()).containsExactly(ORGANISATION + "." + message + ".part");
        post.all();
        assertThat(said).as("it is still being recorded").isEmpty();

        spool.recover();
        post.all();
        assertThat(stored().ended()).isEqualTo(MessageEnd.CUT_OFF);
        assertThat(stored().length()).as("whole seconds are written").isEqualTo(Duration.ofSeconds(3));
        assertThat(said).hasSize(1);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void whatTheStoreDoesNotTakeIsKeptUntilItDoes() throws Exception {
        Files.createFile(folder.resolve("in-the-way"));
        VoicemailPost away = post(folder.resolve("in-the-way"));
        MessageRecorder recorder = recorder();
        speak(recorder, 100);
        assertThat(away.one(ended(recorder, MessageEnd.KEY).file().orElseThrow())).isEqualTo(Outcome.WAITING);
        away.all();
        assertThat(away.waiting()).isEqualTo(1);
        assertThat(said).isEmpty();
        assertThat(spooled()).hasSize(1);
        post.all();
        assertThat(stored().length()).isEqualTo(Duration.ofSeconds(2));
        assertThat(said).hasSize(1);
    }

    @Test
    void whatKafkaDoesNotTakeIsSaidLater() throws Exception {
        MessageRecorder recorder = recorder();
        speak(recorder, 100);
        kafka = false;
        assertThat(post.one(ended(recorder, MessageEnd.KEY).file().orElseThrow())).isEqualTo(Outcome.WAITING);
        kafka = true;
        post.all();
        assertThat(said).hasSize(1);
        assertThat(stored().length()).isEqualTo(Duration.ofSeconds(2));
        assertThat(spooled()).isEmpty();
    }

    @Test
    void whatNobodyCanOpenIsSetAsideAndCountedAsLost() throws Exception {
        MessageRecorder recorder = recorder();
        speak(recorder, 100);
        Path file = ended(recorder, MessageEnd.KEY).file().orElseThrow();
        byte[] octets = Files.readAllBytes(file);
        octets[octets.length / 2] ^= 1;
        Files.write(file, octets);
        assertThat(post.one(file)).isEqualTo(Outcome.LOST);
        post.all();
        assertThat(outcomes).containsExactly(Outcome.LOST);
        assertThat(spooled()).containsExactly(ORGANISATION + "." + message + ".lost");
    }

    @Test
    void aDiskThatTakesNothingEndsItAtOnceAndSaysSo() throws Exception {
        Files.createFile(folder.resolve("spool"));
        MessageRecorder recorder = recorder();
        speak(recorder, 170);
        assertThat(over).containsExactly(MessageEnd.CUT_OFF);
        assertThat(ended(recorder, MessageEnd.CUT_OFF)).isEqualTo(new Recorded(Optional.empty(), true));
    }

    @Test
    void aDiskThatIsStuckEndsItAndTheLoopWaitsForNothing() {
        List<Runnable> stuck = new ArrayList<>();
        var recorder = new MessageRecorder(
                new MessageWatch(TERMS),
                rate -> spool.begin(ORGANISATION, message, new VoicemailAbout(call, BEGUN, rate, 7, 1_000)), stuck::add, over::add);
        speak(recorder, 50 * (MessageRecorder.MOST_WAITING + 3));
        assertThat(over).containsExactly(MessageEnd.CUT_OFF);
        assertThat(stuck).hasSize(MessageRecorder.MOST_WAITING);
        var ended = recorder.end(MessageEnd.CUT_OFF).toCompletableFuture();
        stuck.forEach(Runnable::run);
        assertThat(ended).isCompletedWithValueMatching(recorded -> recorded.file().isPresent());
    }

    @Test
    void theLongestIsToldOnce() {
        MessageRecorder recorder = recorder();
        speak(recorder, 50 * 61);
        assertThat(over).containsExactly(MessageEnd.LONGEST);
    }
}
