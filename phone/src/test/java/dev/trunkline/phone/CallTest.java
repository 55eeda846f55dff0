package dev.trunkline.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Setup and rejection of a call, against a plain-text far end. */
class CallTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ANSWER = TestUas.sdp(17_599, "0", "");

    private static Phone phoneFor(TestUas uas) throws IOException {
        return Phone.open(PhoneSettings.calling("127.0.0.1", uas.port()).withT1(Duration.ofMillis(100)));
    }

    /** Rings, answers, and responds 200 to all other requests. */
    private static TestUas.Script answering(String sdp) {
        return (uas, request) -> {
            switch (request.method()) {
                case "INVITE" -> {
                    uas.reply(request, "180 Ringing", "", "");
                    uas.answer(request, sdp);
                }
                case "ACK" -> { }
                default -> uas.reply(request, "200 OK", "", "");
            }
        };
    }

    @Test
    void isAnsweredAndHungUp() throws Exception {
        List<CallEvent> events = new CopyOnWriteArrayList<>();
        try (TestUas uas = new TestUas(answering(ANSWER)); Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("+3225550100").from("+3225551234").named("Ann \"A\"").header("X-Account", "7").tell(events::add));

            CallResult.Answered answered = call.awaitAnswer(PATIENCE);
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.sdp()).isEqualTo(ANSWER);
            assertThat(answered.setupNanos()).isPositive();
            assertThat(call.provisionals()).extracting(Provisional::status).containsExactly(180);
            assertThat(call.isUp()).isTrue();
            TestUas.Received ack = uas.await("ACK");
            assertThat(ack.header("To")).endsWith(";tag=uas");
            assertThat(ack.header("CSeq")).isEqualTo("1 ACK");

            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            assertThat(call.isUp()).isFalse();
            assertThat(call.awaitEnd(PATIENCE)).map(CallEnd::by).contains(CallEnd.By.PHONE);
            assertThat(uas.await("BYE").header("CSeq")).isEqualTo("2 BYE");

            TestUas.Received invite = uas.received("INVITE").getFirst();
            assertThat(invite.text()).startsWith("INVITE sip:+3225550100@127.0.0.1:" + uas.port() + " SIP/2.0\r\n").contains("X-Account: 7\r\n");
            assertThat(invite.header("From")).startsWith("\"Ann \\\"A\\\"\" <sip:+3225551234@127.0.0.1:" + phone.address().getPort() + ">;tag=");
            assertThat(invite.body()).contains("RTP/AVP 0 8 101").contains("a=sendrecv");
            assertThat(events).hasExactlyElementsOfTypes(CallEvent.Progress.class, CallEvent.Settled.class, CallEvent.Over.class);
        }
    }

    @Test
    void isRefusedWithItsReason() throws Exception {
        try (TestUas uas = new TestUas((far, request) -> {
                    if (request.method().equals("INVITE")) {
                        far.reply(request, "480 Temporarily Unavailable", "Reason: SIP;cause=480;text=\"caller-rate\"\r\nRetry-After: 1800 (later)\r\n", "");
                    }
                });
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1"));

            CallResult.Refused refused = (CallResult.Refused) call.awaitFinal(PATIENCE);
            assertThat(refused.status()).isEqualTo(480);
            assertThat(refused.reason()).isEqualTo("Temporarily Unavailable");
            assertThat(refused.reasonHeader()).contains("SIP;cause=480;text=\"caller-rate\"");
            assertThat(refused.retryAfterSeconds()).isEqualTo(OptionalInt.of(1800));
            TestUas.Received ack = uas.await("ACK");
            assertThat(ack.header("Via")).isEqualTo(uas.received("INVITE").getFirst().header("Via"));
            assertThatThrownBy(() -> call.awaitAnswer(PATIENCE)).isInstanceOf(IllegalStateException.class).hasMessageContaining("480");
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(408);
        }
    }

    @Test
    void sendsItsInviteAgainAndGivesUpWhereNobodyAnswers() throws Exception {
        try (TestUas uas = new TestUas((far, request) -> { }); Phone phone = Phone.open(PhoneSettings.calling("127.0.0.1", uas.port()).withT1(Duration.ofMillis(20)))) {
            Call call = phone.dial(CallRequest.to("1"));

            assertThat(call.awaitFinal(Duration.ofMillis(1))).isInstanceOf(CallResult.TimedOut.class);
            assertThat(call.result().toCompletableFuture().get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(new CallResult.TimedOut(Duration.ofMillis(1_280)));
            assertThat(call.provisionals()).isEmpty();
            // At 0, 20, 60, 140, 300, 620 and 1,260 ms; a slow machine may miss the last ones.
            assertThat(uas.received("INVITE")).hasSizeBetween(2, 7);
            assertThat(uas.received("INVITE").stream().map(TestUas.Received::text).distinct()).hasSize(1);
        }
    }

    @Test
    void acknowledgesEachRepeatedAnswer() throws Exception {
        try (TestUas uas = new TestUas((far, request) -> {
                    switch (request.method()) {
                        case "INVITE" -> {
                            far.answer(request, ANSWER);
                            far.answer(request, ANSWER);
                            far.answer(request, ANSWER);
                        }
                        case "BYE" -> far.reply(request, "200 OK", "", "");
                        default -> { }
                    }
                });
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            for (int i = 0; i < 3; i++) {
                uas.await("ACK");
            }
            assertThat(uas.received("ACK").stream().map(TestUas.Received::text).distinct()).hasSize(1);
        }
    }

    @Test
    void cancelsWhileItRings() throws Exception {
        List<TestUas.Received> invites = new CopyOnWriteArrayList<>();
        try (TestUas uas = new TestUas((far, request) -> {
                    switch (request.method()) {
                        case "INVITE" -> {
                            invites.add(request);
                            far.reply(request, "180 Ringing", "", "");
                        }
                        case "CANCEL" -> {
                            far.reply(request, "200 OK", "", "");
                            far.reply(invites.getFirst(), "487 Request Terminated", "", "");
                        }
                        default -> { }
                    }
                });
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1"));
            // No 1xx has arrived yet, and the CANCEL must wait for one.
            call.cancel();

            assertThat(call.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(false));
            TestUas.Received cancel = uas.received("CANCEL").getFirst();
            assertThat(cancel.header("Via")).isEqualTo(invites.getFirst().header("Via"));
            assertThat(cancel.header("CSeq")).isEqualTo("1 CANCEL");
            uas.await("ACK");
        }
    }

    @Test
    void endsAnAnswerThatCrossesItsCancel() throws Exception {
        List<TestUas.Received> invites = new CopyOnWriteArrayList<>();
        try (TestUas uas = new TestUas((far, request) -> {
                    switch (request.method()) {
                        case "INVITE" -> {
                            invites.add(request);
                            far.reply(request, "180 Ringing", "", "");
                        }
                        case "CANCEL" -> {
                            far.reply(request, "200 OK", "", "");
                            far.answer(invites.getFirst(), ANSWER);
                        }
                        case "BYE" -> far.reply(request, "200 OK", "", "");
                        default -> { }
                    }
                });
                Phone phone = phoneFor(uas)) {
            Call call = phone.dial(CallRequest.to("1"));
            call.cancel();

            assertThat(call.awaitFinal(PATIENCE)).isEqualTo(new CallResult.Cancelled(true));
            uas.await("ACK");
            uas.await("BYE");
        }
    }

    @Test
    void sendsWhatTheCallerWroteAsSdp() throws Exception {
        try (TestUas uas = new TestUas(answering(ANSWER)); Phone phone = phoneFor(uas)) {
            phone.dial(CallRequest.to("1").sdp("v=0\r\nc=IN IP4 {address}\r\nm=audio {port} RTP/AVP 18\r\n")).awaitFinal(PATIENCE);

            assertThat(uas.received("INVITE").getFirst().body()).matches("v=0\r\nc=IN IP4 127\\.0\\.0\\.1\r\nm=audio \\d+ RTP/AVP 18\r\n");
        }
    }

    @Test
    void answersADelayedOfferInItsAck() throws Exception {
        try (TestUas uas = new TestUas(answering(TestUas.sdp(17_599, "8 96", "a=rtpmap:96 telephone-event/8000\r\n"))); Phone phone = phoneFor(uas)) {
            phone.dial(CallRequest.to("1").delayedOffer()).awaitAnswer(PATIENCE);

            assertThat(uas.received("INVITE").getFirst().body()).isEmpty();
            assertThat(uas.await("ACK").body()).contains("RTP/AVP 8 96\r\n");
        }
    }

    @Test
    void takesTheRecordedRouteBackwards() throws Exception {
        try (TestUas uas = new TestUas((far, request) -> {
                    if (request.method().equals("INVITE")) {
                        far.reply(request, "200 OK", "Record-Route: <sip:10.255.0.1;lr>, <sip:127.0.0.1:" + far.port() + ";lr>\r\n", ANSWER);
                    } else if (!request.method().equals("ACK")) {
                        far.reply(request, "200 OK", "", "");
                    }
                });
                Phone phone = phoneFor(uas)) {
            phone.dial(CallRequest.to("1")).awaitAnswer(PATIENCE);

            TestUas.Received ack = uas.await("ACK");
            assertThat(ack.text().lines().filter(line -> line.startsWith("Route: ")))
                    .containsExactly("Route: <sip:127.0.0.1:" + uas.port() + ";lr>", "Route: <sip:10.255.0.1;lr>");
            assertThat(ack.text()).startsWith("ACK sip:uas@127.0.0.1:" + uas.port() + " SIP/2.0\r\n");
        }
    }

    @Test
    void hangsUpWhenThePhoneCloses() throws Exception {
        try (TestUas uas = new TestUas(answering(ANSWER))) {
            Phone phone = phoneFor(uas);
            Call call = phone.dial(CallRequest.to("1"));
            call.awaitAnswer(PATIENCE);
            phone.close();

            uas.await("BYE");
            assertThat(call.awaitEnd(PATIENCE)).map(CallEnd::by).contains(CallEnd.By.PHONE);
            assertThatThrownBy(() -> phone.dial(CallRequest.to("1"))).isInstanceOf(IllegalStateException.class);
            Phone.open(PhoneSettings.calling("127.0.0.1", uas.port()).onPort(phone.address().getPort())).close();
        }
    }

    @Test
    void saysWhichPortItCouldNotHave() throws Exception {
        try (TestUas uas = new TestUas((far, request) -> { })) {
            assertThatThrownBy(() -> Phone.open(PhoneSettings.calling("127.0.0.1", 5060).onPort(uas.port())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + uas.port());
        }
    }
}
