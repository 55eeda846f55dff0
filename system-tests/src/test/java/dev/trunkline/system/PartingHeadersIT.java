package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEvent;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.sip.SipRequest;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Attributes that a participant sets on a caller reach the phone as headers of our REFER and our BYE. */
@ExtendWith(SuiteExtension.class)
class PartingHeadersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ADDRESS = "127.0.0.61";
    private static final String NUMBER = "+3225551695";
    private static final String CALLER = "+32470840061";

    private final SuiteUnderTest suite;
    private final List<SipRequest> received = new CopyOnWriteArrayList<>();

    PartingHeadersIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void trunk(SuiteUnderTest suite) throws Exception {
        suite.apply("""
                organisations:
                  - name: parting
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: 5}
                trunks:
                  - name: parting
                    addresses: ["%s"]
                    country: BE
                    attributes_to_headers: {outcome: X-Outcome, sip.callID: X-Call}
                rules:
                  - {name: parting, organisation: parting, trunks: [parting], type: individual, room_prefix: parting, answer_policy: immediate}
                """.formatted(NUMBER, ADDRESS));
    }

    private SipRequest received(String method) {
        Await.until("the phone gets a " + method, PATIENCE, () -> first(method).isPresent());
        return first(method).orElseThrow();
    }

    private Optional<SipRequest> first(String method) {
        return received.stream().filter(request -> request.method().equals(method)).findFirst();
    }

    private static Optional<String> outcome(SipRequest request) {
        return request.headers().first("X-Outcome");
    }

    private Call answered(Phone phone) {
        Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER).saying(AudioSource.tone(700)).tell(this::hear));
        call.awaitAnswer(PATIENCE);
        return call;
    }

    @Test
    void aReferAndAByeHaveWhatWasSetLast() throws Exception {
        try (Phone phone = suite.phoneAt(ADDRESS)) {
            Call call = answered(phone);
            CallLog log = suite.events().of(call);
            String room = log.await(CallRouted.class).room();
            suite.rooms().set(room, "sip_" + CALLER, Map.of("outcome", "sold\nto Anna"));
            suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer", "{\"to\": \"202\", \"way\": \"refer\", \"headers\": {\"X-Order\": \"17\"}}");

            SipRequest refer = received("REFER");
            assertThat(outcome(refer)).contains("sold to Anna");
            assertThat(refer.headers().first("X-Order")).contains("17");
            assertThat(refer.headers().first("X-Call").orElse("")).startsWith("SCL_");
            log.await(TransferFailed.class);

            suite.rooms().set(room, "sip_" + CALLER, Map.of("outcome", "closed"));
            suite.rooms().close(room);
            SipRequest bye = received("BYE");
            assertThat(outcome(bye)).as("though the room is gone").contains("closed");
            assertThat(bye.headers().first("Reason").orElse("")).contains("room-closed");
            log.assertEnded(EndReason.ROOM_CLOSED);
        }
    }

    @Test
    void whomTheSuiteCalledHasThemTooAlsoWhereTheEdgeEndsTheCallByItself() throws Exception {
        try (CalledPhone callee = CalledPhone.open(suite)) {
            callee.does(CalledPhone.answers().tell(this::hear));
            CallLog log = suite.events().ofCall(suite.asAdmin().json("POST", "/calls", """
                    {"organisation": "demo", "to": "+3225550188", "trunk": "%s", "identity": "callee", "longest_seconds": 6,
                     "attributes_to_headers": {"outcome": "X-Outcome"}}""".formatted(CalledPhone.TRUNK)).path("call_id").asText());
            log.await(CallAnswered.class);
            suite.rooms().set(log.await(CallRouted.class).room(), "callee", Map.of("outcome", "open"));
            assertThat(outcome(received("BYE"))).contains("open");
            assertThat(log.await(HeadersChanged.class).toString()).as("sealed").doesNotContain("open");
            log.assertEnded(EndReason.TOO_LONG);
        }
    }

    private void hear(CallEvent event) {
        if (event instanceof CallEvent.RequestReceived came) {
            received.add(came.request());
        }
    }
}
