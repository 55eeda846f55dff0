package dev.trunkline.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.sip.Headers;
import dev.trunkline.phone.sip.SipRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answering phone called by a calling phone: each receives the audio that the other sends. */
class AnsweringPhoneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(100);

    private static AnsweringPhone answering(Answering answering) throws IOException {
        return AnsweringPhone.open(PhoneSettings.answering("127.0.0.1", 0).withT1(SOON), answering);
    }

    private static Phone calling(AnsweringPhone answering) throws IOException {
        return Phone.open(PhoneSettings.calling("127.0.0.1", answering.address().getPort()).withT1(SOON));
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void ringsAnswersAndBothHearEachOther() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(SOON).saying(AudioSource.tone(950)).listeningFor(440)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("+3225550199").from("+3225551234").saying(AudioSource.tone(440)).listeningFor(950));
            TakenCall taken = callee.awaitCall(PATIENCE);
            assertThat(taken.called()).isEqualTo("+3225550199");
            assertThat(taken.from()).isEqualTo("+3225551234");
            call.awaitAnswer(PATIENCE);
            assertThat(call.provisionals()).extracting(Provisional::status).containsExactly(180);
            until(() -> call.media().heardMillis(950) >= 300 && taken.media().heardMillis(440) >= 300);
            assertThat(taken.isUp()).isTrue();

            assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.PHONE);
        }
    }

    @Test
    void echoesWhatItHearsUnlessItIsToldOtherwise() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1").saying(AudioSource.tone(440)).listeningFor(950));
            call.awaitAnswer(PATIENCE);
            until(() -> call.media().heardMillis(440) >= 300);
            callee.awaitCall(PATIENCE).say(AudioSource.tone(950));
            until(() -> call.media().heardMillis(950) >= 300);
        }
    }

    @Test
    void keysDigitsAndHearsThem() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            TakenCall taken = callee.awaitCall(PATIENCE);
            call.sendDtmf('1');
            until(() -> taken.media().digits().size() == 1);
            taken.sendDtmf('9');
            until(() -> call.media().digits().size() == 1);
            assertThat(taken.media().digits().getFirst().digit()).isEqualTo('1');
            assertThat(call.media().digits().getFirst().digit()).isEqualTo('9');
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 486, 503, 603})
    void refuses(int status) throws Exception {
        try (AnsweringPhone callee = answering(Answering.refusing(status, SOON)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1"));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(CallResult.Refused.class, refused ->
                    assertThat(refused.status()).isEqualTo(status));
            assertThat(callee.awaitCall(PATIENCE).awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
        }
    }

    @Test
    void ringsUntilTheCallerGivesUp() throws Exception {
        try (AnsweringPhone callee = answering(Answering.never()); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1"));
            TakenCall taken = callee.awaitCall(PATIENCE);
            until(() -> !call.provisionals().isEmpty());
            call.cancel();
            assertThat(call.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
            assertThat(taken.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
        }
    }

    @Test
    void isHeardBeforeItAnswersWhereItIsToldTo() throws Exception {
        try (AnsweringPhone callee = answering(Answering.never().withEarlyMedia().saying(AudioSource.tone(425))); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1").listeningFor(425));
            until(() -> call.media().heardMillis(425) >= 300);
            assertThat(call.provisionals()).extracting(Provisional::status).containsExactly(183);
            assertThat(call.isUp()).isFalse();
        }
    }

    @Test
    void hangsUpAfterItsTime() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO).talkingFor(SOON)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
        }
    }

    @Test
    void isHungUpOn() throws Exception {
        var heard = new CountDownLatch(1);
        CallListener listener = event -> {
            if (event instanceof CallEvent.Over) {
                heard.countDown();
            }
        };
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO).tell(listener)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(callee.awaitCall(PATIENCE).awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void takesAnInviteWithoutAnOfferAndHoldByEitherSide() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO).saying(AudioSource.tone(950))); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1").delayedOffer().saying(AudioSource.tone(440)).listeningFor(950));
            call.awaitAnswer(PATIENCE);
            TakenCall taken = callee.awaitCall(PATIENCE);
            until(() -> call.media().heardMillis(950) >= 300 && taken.media().packetsReceived() > 5);
            assertThat(call.reinvite(Direction.SENDONLY).toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(taken.reinvite(Direction.SENDRECV).toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(taken.isUp()).isTrue();
        }
    }

    @Test
    void refusesAnOfferOfWhichItSpeaksNothing() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO).taking(Codec.PCMA)); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1").offering(Codec.PCMU));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(CallResult.Refused.class, refused ->
                    assertThat(refused.status()).isEqualTo(488));
        }
    }

    @Test
    void asksForAPasswordFirst() throws Exception {
        try (AnsweringPhone callee = answering(Answering.after(Duration.ZERO).asking("trunk", "secret")); Phone phone = calling(callee)) {
            Call call = phone.dial(CallRequest.to("1"));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(CallResult.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.headers().require("WWW-Authenticate")).startsWith("Digest realm=\"phone\", nonce=\"");
            });
            assertThat(callee.calls()).isEmpty();
            String right = "Digest username=\"trunk\", realm=\"phone\", nonce=\"%s\", uri=\"sip:1@x\", response=\"%s\", qop=auth, nc=00000001, cnonce=\"c\"";
            assertThat(phone.dial(CallRequest.to("1").header("Authorization", right.formatted("other", "0"))).awaitFinal(PATIENCE))
                    .isInstanceOfSatisfying(CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
        }
    }

    /** The expected response was computed from RFC 2617's formula with Python's hashlib. */
    @Test
    void theRightPasswordIsKnownByItsDigest() {
        var digest = new Digest("trunk", "secret");
        String header = "Digest username=\"trunk\", realm=\"phone\", nonce=\"abc\", uri=\"sip:1@x\", response=\"%s\","
                + " algorithm=MD5, qop=auth, nc=00000001, cnonce=\"c\"";
        assertThat(digest.proven(invite(header.formatted("653deefe87e6a60fc55728bb2b7dc36f")), "abc")).contains(true);
        assertThat(digest.proven(invite(header.formatted("653deefe87e6a60fc55728bb2b7dc36f")), "abd")).contains(false);
        assertThat(digest.proven(invite(header.formatted("0".repeat(32))), "abc")).contains(false);
        assertThat(digest.proven(new SipRequest("INVITE", "sip:1@x", Headers.none(), ""), "abc")).isEmpty();
    }

    private static SipRequest invite(String authorization) {
        return new SipRequest("INVITE", "sip:1@x", Headers.none().with("Authorization", authorization), "");
    }
}
