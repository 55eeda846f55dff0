package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.CallResult.Refused;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refused calls: one status, one reason in the response, and one event that says the same. */
@ExtendWith(SuiteExtension.class)
class RefusalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLS_AN_HOUR = 10;

    private final SuiteUnderTest suite;

    RefusalIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void anUnknownNumberGets404() {
        try (Phone phone = suite.phone()) {
            assertRefused(phone, Numbers.UNKNOWN, "+32470200001", RefusalReason.NUMBER_UNKNOWN);
        }
    }

    @Test
    void aNumberThatIsSwitchedOffGets480() {
        try (Phone phone = suite.phone()) {
            assertRefused(phone, Numbers.SWITCHED_OFF, "+32470200002", RefusalReason.NUMBER_INACTIVE);
        }
    }

    @Test
    void theSecondCallToABusyNumberGets486AndTheSlotIsFreeAfterTheFirst() {
        try (Phone phone = suite.phone()) {
            Call first = phone.dial(CallRequest.to(Numbers.ONE_AT_A_TIME).from("+32470200003"));
            first.awaitAnswer(PATIENCE);
            assertRefused(phone, Numbers.ONE_AT_A_TIME, "+32470200004", RefusalReason.NUMBER_BUSY);
            first.hangUp().toCompletableFuture().join();
            suite.events().of(first).assertEnded(EndReason.CALLER_HUNG_UP);

            Call third = phone.dial(CallRequest.to(Numbers.ONE_AT_A_TIME).from("+32470200005"));
            third.awaitAnswer(PATIENCE);
            third.hangUp().toCompletableFuture().join();
            suite.events().of(third).assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void theEleventhCallOfOneCallerInAnHourGets480WithRetryAfter() {
        String caller = "+32470200006";
        try (Phone phone = suite.phone()) {
            for (int i = 0; i < CALLS_AN_HOUR; i++) {
                Call call = phone.dial(CallRequest.to(Numbers.TEN_AN_HOUR).from(caller));
                call.awaitAnswer(PATIENCE);
                call.hangUp().toCompletableFuture().join();
            }
            Refused eleventh = assertRefused(phone, Numbers.TEN_AN_HOUR, caller, RefusalReason.CALLER_RATE);
            assertThat(eleventh.retryAfterSeconds().orElseThrow()).isBetween(1, 3_600);

            Call another = phone.dial(CallRequest.to(Numbers.TEN_AN_HOUR).from("+32470200007"));
            another.awaitAnswer(PATIENCE);
            another.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void aCallerWhoWritesTheNumberAnotherWayIsTheSameCaller() {
        Set<String> pseudonyms = new HashSet<>();
        try (Phone phone = suite.phone()) {
            for (String form : new String[] {"+32470200008", "0470200008", "0032470200008", "32470200008"}) {
                Call call = phone.dial(CallRequest.to(Numbers.TEN_AN_HOUR).from(form));
                call.awaitAnswer(PATIENCE);
                call.hangUp().toCompletableFuture().join();
                pseudonyms.add(suite.events().of(call).await(InviteReceived.class).caller().pseudonym());
            }
            assertThat(pseudonyms).hasSize(1);
        }
    }

    @Test
    void withoutAnAgentTheCallIsRefusedWhenTheRulesPatienceIsOver() {
        try (Phone phone = suite.phone()) {
            assertRefused(phone, Numbers.NOBODY_COMES, "+32470200009", RefusalReason.NO_AGENT);
        }
    }

    @Test
    void anOfferWithoutACodecThatTheSuiteSpeaksGets488() {
        String noneOfOurs = """
                v=0
                o=- 1 1 IN IP4 {address}
                s=-
                c=IN IP4 {address}
                t=0 0
                m=audio {port} RTP/AVP 96
                a=rtpmap:96 iLBC/8000
                """.replace("\n", "\r\n");
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470200010").sdp(noneOfOurs));
            assertRefused(call, RefusalReason.NO_COMMON_CODEC);
        }
    }

    private Refused assertRefused(Phone phone, String number, String caller, RefusalReason reason) {
        return assertRefused(phone.dial(CallRequest.to(number).from(caller)), reason);
    }

    private Refused assertRefused(Call call, RefusalReason reason) {
        CallResult result = call.awaitFinal(PATIENCE);
        assertThat(result).isInstanceOf(Refused.class);
        Refused refused = (Refused) result;
        assertThat(refused.status()).isEqualTo(reason.status());
        assertThat(refused.reasonHeader())
                .hasValue("SIP;cause=%d;text=\"%s\"".formatted(reason.status(), reason.code()));
        CallLog log = suite.events().of(call);
        CallRejected rejected = log.assertRejected(reason);
        assertThat(rejected.called()).isEqualTo(call.request().callee());
        assertThat(rejected.retryAfterSeconds()).isEqualTo(refused.retryAfterSeconds());
        return refused;
    }
}
