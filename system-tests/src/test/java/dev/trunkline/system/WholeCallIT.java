package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaReady;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.Direction;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.Provisional;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.phone.Reply;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Successful calls, from INVITE to BYE, with audio. */
@ExtendWith(SuiteExtension.class)
class WholeCallIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TONE = 700;
    /** Notes of the demo agent's greeting, to the nearest Hz. */
    private static final int GREETING_SECOND_NOTE = 659;
    private static final int GREETING_THIRD_NOTE = 784;

    private final SuiteUnderTest suite;

    WholeCallIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void theCallerHearsItsOwnToneBackFromTheAgentAndHangsUp() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.ON_AGENT).from("+32470100001").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            awaitTone(call, TONE, 1_000);
            Reply bye = hangUp(call);

            assertThat(bye.status()).isEqualTo(200);
            CallEnded ended = suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(ended.by()).isEqualTo("sip-edge");
            assertThat(ended.answered()).isTrue();
            assertThat(ended.durationMillis()).isPositive();
        }
    }

    @Test
    void aSilentCallerHearsTheGreetingOfTheAgent() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470100002")
                    .listeningFor(GREETING_SECOND_NOTE, GREETING_THIRD_NOTE));
            call.awaitAnswer(PATIENCE);
            awaitTone(call, GREETING_SECOND_NOTE, 100);
            awaitTone(call, GREETING_THIRD_NOTE, 100);
            hangUp(call);
        }
    }

    @Test
    void theEventsOfACallThatWaitsForItsAgentComeInOrder() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.ON_AGENT).from("+32470100003").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            assertThat(call.provisionals()).extracting(Provisional::status).contains(100, 180);
            hangUp(call);

            CallLog log = suite.events().of(call);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            List<Class<?>> story = log.story();
            assertThat(story).startsWith(InviteReceived.class, CallRouted.class, CallAdmitted.class);
            assertThat(story).endsWith(CallEnded.class);
            assertThat(story).containsSubsequence(
                    CallAdmitted.class, MediaReady.class, AgentJoined.class, CallAnswered.class, CallEnded.class);
            assertThat(story).containsSubsequence(CallAdmitted.class, AgentDispatched.class, CallEnded.class);
            assertThat(story).doesNotHaveDuplicates();
            assertThat(log.await(CallAnswered.class).policy()).isEqualTo(AnswerPolicy.ON_AGENT);
            assertThat(log.await(AgentDispatched.class).agent()).isEqualTo("demo");
        }
    }

    @Test
    void aCallThatIsAnsweredAtOnceDoesNotWaitForItsAgent() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470100004").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            awaitTone(call, TONE, 1_000);
            hangUp(call);

            CallLog log = suite.events().of(call);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(log.story()).containsSubsequence(
                    InviteReceived.class, CallRouted.class, CallAdmitted.class, MediaReady.class, CallAnswered.class, CallEnded.class);
            assertThat(log.story()).contains(AgentJoined.class);
            assertThat(log.await(CallAnswered.class).policy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, names = {"PCMU", "PCMA"})
    void eitherLawOfG711IsEnough(Codec codec) {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470100005").offering(codec).saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            awaitTone(call, TONE, 500);
            assertThat(call.media().codec()).isEqualTo(codec);
            hangUp(call);
            assertThat(suite.events().of(call).await(MediaReady.class).codec()).isEqualTo(codec.name());
        }
    }

    @Test
    void keysGoToTheAgentAndComeBackAndNoEventSaysWhichTheyWere() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470100006").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            awaitTone(call, TONE, 200);
            call.sendDtmf('4');
            call.sendDtmf('#');
            Await.until("the agent gives 4 and # back", PATIENCE,
                    () -> call.media().digits().stream().map(ReceivedDigit::digit).toList().equals(List.of('4', '#')));
            CallLog log = suite.events().of(call);
            Await.until("an event for each key and way", PATIENCE, () -> log.all(DtmfReceived.class).size() == 4);
            hangUp(call);
        }
    }

    @Test
    void onHoldNothingComesAndAfterwardsTheToneComesBack() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470100007").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            awaitTone(call, TONE, 500);

            Reply hold = call.reinvite(Direction.SENDONLY).toCompletableFuture().join();
            assertThat(hold.status()).isEqualTo(200);
            assertThat(hold.body()).contains("a=recvonly").doesNotContain("a=sendrecv");
            CallLog log = suite.events().of(call);
            log.await(CallHeld.class);

            Reply resume = call.reinvite(Direction.SENDRECV).toCompletableFuture().join();
            assertThat(resume.status()).isEqualTo(200);
            log.await(CallResumed.class);
            awaitTone(call, TONE, call.media().heardMillis(TONE) + 500);
            hangUp(call);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    private static void awaitTone(Call call, int hertz, long millis) {
        Await.until(hertz + " Hz heard for " + millis + " ms", PATIENCE, () -> call.media().heardMillis(hertz) >= millis);
    }

    private static Reply hangUp(Call call) {
        return call.hangUp().toCompletableFuture().join();
    }
}
