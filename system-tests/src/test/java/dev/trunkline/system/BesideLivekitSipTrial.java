package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.LiveKitSip;
import dev.trunkline.system.support.LiveKitSip.InRoom;
import dev.trunkline.system.support.LivekitSipNode;
import dev.trunkline.system.support.SharedTrunks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The suite and a livekit-sip on one Redis, behind one livekit-server: of a hundred calls in each direction, each is handled by one
 * node. Not part of the other tests, because it needs {@link LivekitSipNode#BINARY}: {@code docs/livekit-sip.md} has the command.
 */
class BesideLivekitSipTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CALLS = 100;
    private static final int AT_ONCE = 10;
    private static final int TONE = 800;
    private static final long ENOUGH_MILLIS = 300;
    /** A call that a second node takes as well would ring within this time. */
    private static final long LATE_MILLIS = 2_000;

    private static GuardedSuite suite;
    private static SharedTrunks trunks;
    private static LivekitSipNode node;
    private static LiveKitSip liveKit;

    @BeforeAll
    static void start() throws Exception {
        LivekitSipNode.binary();
        suite = GuardedSuite.start();
        liveKit = suite.liveKitSip();
        trunks = SharedTrunks.of(suite);
        node = LivekitSipNode.start(suite);
    }

    @AfterAll
    static void stop() throws Exception {
        if (node != null) {
            node.close();
        }
        if (trunks != null) {
            trunks.close();
        }
        if (suite != null) {
            suite.close();
        }
    }

    private static String number(int call) {
        return "+3225553%03d".formatted(call);
    }

    @Test
    void eachOfAHundredCallsOutIsOneNodes() throws Exception {
        double theirsBefore = node.metrics().sum("livekit_sip_invite_accepted{dir=\"out\"");
        trunks.callee().does(Answering.after(Duration.ofMillis(100)).saying(AudioSource.tone(CalledPhone.TONE)));
        for (int first = 0; first < CALLS; first += AT_ONCE) {
            List<String> numbers = IntStream.range(first, first + AT_ONCE).mapToObj(BesideLivekitSipTrial::number).toList();
            List<CompletableFuture<LiveKitSip.Answer>> asked = numbers.stream().map(BesideLivekitSipTrial::call).toList();
            for (CompletableFuture<LiveKitSip.Answer> each : asked) {
                LiveKitSip.Answer answer = each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
            }
            assertThat(numbersInRooms()).as("who is in the rooms").containsExactlyInAnyOrderElementsOf(numbers);
            trunks.callee().taken().stream().filter(TakenCall::isUp).forEach(call -> call.hangUp().toCompletableFuture().join());
            Await.until("the rooms are left", PATIENCE, () -> numbersInRooms().isEmpty());
        }
        Await.pause(LATE_MILLIS);
        Map<Boolean, List<TakenCall>> byNode =
                trunks.callee().taken().stream().collect(Collectors.partitioningBy(BesideLivekitSipTrial::isTheirs));
        double theirs = node.metrics().sum("livekit_sip_invite_accepted{dir=\"out\"") - theirsBefore;
        System.out.printf("beside livekit-sip: of %d calls out %d here, %d there (%.0f by its own count)%n",
                CALLS, byNode.get(false).size(), byNode.get(true).size(), theirs);
        assertThat(trunks.callee().taken()).extracting(TakenCall::called)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, CALLS).mapToObj(BesideLivekitSipTrial::number).toList());
        assertThat(byNode.get(false)).as("livekit-sip has not taken them all").isNotEmpty();
        assertThat(byNode.get(true)).as("neither has the suite").isNotEmpty();
        assertThat(theirs).as("INVITEs that livekit-sip has counted").isEqualTo(byNode.get(true).size());
    }

    private static CompletableFuture<LiveKitSip.Answer> call(String number) {
        return liveKit.create(CreateSIPParticipantRequest.newBuilder()
                .setSipTrunkId(trunks.outbound()).setSipCallTo(number).setRoomName("beside-" + number).setParticipantIdentity(number)
                .setWaitUntilAnswered(true).build());
    }

    private static boolean isTheirs(TakenCall call) {
        return call.invite().headers().require("Contact").contains(":" + LivekitSipNode.SIP_PORT);
    }

    private static List<String> numbersInRooms() {
        return sipParticipants().stream().map(found -> found.participant().getAttributesMap().getOrDefault("sip.phoneNumber", "")).toList();
    }

    private static List<InRoom> sipParticipants() {
        return everybody().stream().filter(found -> found.participant().getKind() == ParticipantInfo.Kind.SIP).toList();
    }

    private static List<InRoom> everybody() {
        try {
            return liveKit.everybody();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachOfAHundredCallersIsInARoomOfItsOwnWithOneAgent() throws Exception {
        try (Phone ours = SharedTrunks.phone(suite.suite().settings().sipPort()); Phone theirs = SharedTrunks.phone(LivekitSipNode.SIP_PORT)) {
            for (int first = 0; first < CALLS; first += AT_ONCE) {
                List<Call> calls = new ArrayList<>();
                for (int i = first; i < first + AT_ONCE; i++) {
                    Phone phone = i % 2 == 0 ? ours : theirs;
                    calls.add(phone.dial(CallRequest.to(SharedTrunks.OPUS).from("+32470%06d".formatted(i)).saying(AudioSource.tone(TONE))
                            .listeningFor(TONE)));
                }
                for (Call call : calls) {
                    call.awaitAnswer(PATIENCE);
                    Await.until("the caller hears the agent's echo", PATIENCE, () -> call.media().heardMillis(TONE) >= ENOUGH_MILLIS);
                }
                areEachInARoomWithOneAgent(calls);
                calls.forEach(call -> call.hangUp().toCompletableFuture().join());
                Await.until("the rooms are left", PATIENCE, () -> everybody().isEmpty());
            }
        }
        System.out.printf("beside livekit-sip: %d callers, half of them here and half there%n", CALLS);
    }

    private static void areEachInARoomWithOneAgent(List<Call> calls) {
        List<InRoom> callers = sipParticipants();
        assertThat(callers).extracting(found -> found.participant().getAttributesMap().get("sip.callIDFull"))
                .containsExactlyInAnyOrderElementsOf(calls.stream().map(Call::callId).toList());
        assertThat(callers).extracting(InRoom::room).doesNotHaveDuplicates();
        assertThat(everybody()).filteredOn(found -> found.participant().getKind() == ParticipantInfo.Kind.AGENT)
                .extracting(InRoom::room).containsExactlyInAnyOrderElementsOf(callers.stream().map(InRoom::room).toList());
    }
}
