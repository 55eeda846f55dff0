package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.RouterApi;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change of the directory reaches the edge and every router without any restart. */
@ExtendWith(SuiteExtension.class)
class ReloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final String ADDRESS = "127.0.0.23";
    private static final String NUMBER = "+3225551660";
    private static final String QUESTION =
            "{\"from\": \"+32470840001\", \"to\": \"%s\", \"trunk\": \"reload\"}".formatted(NUMBER);

    private final SuiteUnderTest suite;

    ReloadIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aNewTrunkAndItsNumberAreKnownToTheEdgeAndToEachRouter() throws Exception {
        String second = suite.suite().addReplica("call-router");
        try (RawSip stranger = RawSip.open(ADDRESS, suite.edge()); Phone phone = suite.phoneAt(ADDRESS)) {
            assertThat(stranger.isAnswered(Duration.ofMillis(500))).as("before there is a trunk").isFalse();

            suite.apply("""
                    organisations:
                      - name: reload
                        caller_rate: {calls: 1000, window_seconds: 3600}
                        numbers:
                          - {phone_number: "%s", max_concurrent_calls: 5}
                    trunks:
                      - {name: reload, addresses: ["%s"], country: BE}
                    rules:
                      - {name: reload, trunks: [reload], type: individual, room_prefix: reload, answer_policy: immediate}
                    """.formatted(NUMBER, ADDRESS));
            long applied = System.nanoTime();
            Await.until("the second router takes the new number", AT_MOST, () -> takes(suite.asAdminOf(second)));
            long router = System.nanoTime();
            Await.until("the edge answers the new trunk", AT_MOST, () -> stranger.isAnswered(Duration.ofMillis(50)));
            long edge = System.nanoTime();
            assertThat(takes(suite.asAdmin())).as("the router that was told").isTrue();
            System.out.printf("reload: after %d ms the second router, after %d ms the edge%n",
                    (router - applied) / 1_000_000, (edge - applied) / 1_000_000);

            Call call = phone.dial(CallRequest.to(NUMBER).from("+32470840001"));
            call.awaitAnswer(PATIENCE);
            assertThat(suite.events().of(call).await(CallRouted.class).rule().name()).isEqualTo("reload");
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        } finally {
            suite.suite().removeReplica(second);
        }
    }

    private static boolean takes(RouterApi router) {
        try {
            return router.send("POST", "/routing/explain", QUESTION).body().contains("\"outcome\":\"routed\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
