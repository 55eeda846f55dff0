package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Garbage;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a broken or hostile PBX sends from the trunk's own address gets an error or silence, and costs nobody a call. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class GarbageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRUNK = "127.0.0.1";
    private static final long QUIET_MILLIS = 2_000;

    private final SuiteUnderTest suite;

    GarbageIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @AfterEach
    void theNextCallWorksAndNoneIsLeftOver() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.ON_AGENT).from("+32470800001").saying(AudioSource.tone(700)));
            call.awaitAnswer(PATIENCE);
            Await.until("the echo", PATIENCE, () -> call.media().heardMillis(700) >= 500);
            call.hangUp().toCompletableFuture().join();
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        }
        Await.until("no call is left at the edge", PATIENCE, () -> calls() == 0);
    }

    @Test
    void malformedMessagesGetAnErrorOrSilence() throws IOException {
        try (RawSip raw = RawSip.open(TRUNK, suite.edge())) {
            Map<String, byte[]> garbage = Garbage.messages(raw);
            for (byte[] datagram : garbage.values()) {
                raw.send(datagram);
            }
            assertThat(responses(raw)).allSatisfy(
                    response -> assertThat(RawSip.status(response)).as(response).matches(status -> status < 180 || status > 399));
            String options = raw.options();
            raw.send(options);
            assertThat(raw.finalResponse(options, PATIENCE)).hasValueSatisfying(
                    response -> assertThat(RawSip.status(response)).isEqualTo(200));
        }
    }

    @Test
    void everySessionDescriptionThatMakesNoSenseIsRefused() throws IOException {
        try (RawSip raw = RawSip.open(TRUNK, suite.edge())) {
            for (Map.Entry<String, String> sdp : Garbage.sessionDescriptions().entrySet()) {
                String invite = raw.invite(Numbers.IMMEDIATE, "+32470800002", sdp.getValue());
                raw.send(invite);
                Optional<String> response = raw.finalResponse(invite, PATIENCE);
                assertThat(response).as("final response to an offer with " + sdp.getKey()).isPresent();
                raw.send(raw.ack(invite, response.get()));
                assertThat(RawSip.status(response.get())).as("an offer with " + sdp.getKey()).isBetween(400, 499);
            }
        }
    }

    private static List<String> responses(RawSip raw) throws IOException {
        List<String> responses = new ArrayList<>();
        Optional<String> next = raw.receive(Duration.ofMillis(QUIET_MILLIS));
        while (next.isPresent()) {
            responses.add(next.get());
            next = raw.receive(Duration.ofMillis(QUIET_MILLIS));
        }
        return responses;
    }

    private double calls() {
        try {
            return suite.metrics("sip-edge").sum("trunkline_edge_calls{")
                    + suite.metrics("sip-edge").sum("trunkline_edge_calls ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
