package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.LiveKitSip;
import dev.trunkline.system.support.OtherSipNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A hundred outbound calls while another node also takes them from the same Redis: each call is handled by one node. The other node
 * is LiveKit's psrpc without telephony. Run by {@link GuardedSuiteIT}.
 */
abstract class LiveKitBeside {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CALLS = 100;
    private static final int AT_ONCE = 10;
    private static final int ALONE = 10;

    private GuardedSuite suite;
    private LiveKitSip liveKit;
    private CalledPhone callee;
    private String trunk;

    @BeforeEach
    void start() throws Exception {
        suite = GuardedSuiteIT.suite();
        suite.letDemoCall();
        liveKit = suite.liveKitSip();
        callee = CalledPhone.open(suite.router());
        trunk = liveKit.outboundTrunk(CalledPhone.TRUNK, CalledPhone.address(), "+3225550100");
        Await.until("LiveKit's SIP API is answered", PATIENCE, () -> suite.isReady("livekit-sip-api"));
    }

    @AfterEach
    void stop() throws Exception {
        callee.close();
        liveKit.deleteTrunk(trunk);
    }

    private static String number(int call) {
        return "+3225553%03d".formatted(call);
    }

    private void calls(int from, int to) throws Exception {
        for (int first = from; first < to; first += AT_ONCE) {
            List<CompletableFuture<LiveKitSip.Answer>> asked = IntStream.range(first, Math.min(first + AT_ONCE, to))
                    .mapToObj(i -> liveKit.create(CreateSIPParticipantRequest.newBuilder()
                            .setSipTrunkId(trunk).setSipCallTo(number(i)).setRoomName("beside-" + i).setParticipantIdentity(number(i)).build()))
                    .toList();
            for (CompletableFuture<LiveKitSip.Answer> each : asked) {
                LiveKitSip.Answer answer = each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
            }
        }
    }

    private List<String> rung() {
        return callee.taken().stream().map(TakenCall::called).toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(LiveKitBeside::number).toList();
    }

    @Test
    void eachOfAHundredCallsOutIsHandledOnce() throws Exception {
        callee.does(CalledPhone.answers().talkingFor(Duration.ofMillis(300)));
        List<String> theirs;
        try (OtherSipNode other = suite.psrpcNode()) {
            calls(0, CALLS);
            Await.until(() -> "each call was taken, " + rung().size() + " here and " + other.handled().size() + " there", PATIENCE,
                    () -> rung().size() + other.handled().size() >= CALLS);
            // A node that takes a call twice would have done so by now.
            Await.pause(2_000);
            theirs = new ArrayList<>(other.handled());
        }
        List<String> ours = rung();
        System.out.printf("beside another node: %d of %d calls here, %d there%n", ours.size(), CALLS, theirs.size());
        assertThat(Stream.concat(ours.stream(), theirs.stream()).toList()).containsExactlyInAnyOrderElementsOf(numbers(0, CALLS));
        assertThat(ours).as("the other node has not taken them all").isNotEmpty();
        assertThat(theirs).as("neither has the suite").isNotEmpty();

        // Without the other node, the suite handles all calls.
        calls(CALLS, CALLS + ALONE);
        Await.until("the suite has the calls alone", PATIENCE, () -> rung().containsAll(numbers(CALLS, CALLS + ALONE)));
    }
}
