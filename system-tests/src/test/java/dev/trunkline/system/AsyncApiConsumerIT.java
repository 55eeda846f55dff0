package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Direction;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.JsonProcess;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A consumer that knows nothing but {@code asyncapi.yaml}, on librdkafka and Python's jsonschema. */
@ExtendWith(SuiteExtension.class)
class AsyncApiConsumerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EVENT = "dev.trunkline.call.";

    private final SuiteUnderTest suite;

    AsyncApiConsumerIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void itReadsAWholeCallInOrderAndEveryMessageFitsItsSchema() throws Exception {
        try (JsonProcess reader = suite.asyncApiReader(); Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.ON_AGENT).from("+32470600001").saying(AudioSource.tone(700)));
            call.awaitAnswer(PATIENCE);
            call.reinvite(Direction.SENDONLY).toCompletableFuture().join();
            call.reinvite(Direction.SENDRECV).toCompletableFuture().join();
            call.sendDtmf('1');
            Await.until("a key comes back", PATIENCE, () -> !call.media().digits().isEmpty());
            String id = suite.events().of(call).callId();
            reader.await("a heartbeat", PATIENCE, said -> isOf(said, id, "heartbeat"));
            call.hangUp().toCompletableFuture().join();
            reader.await("the end of the call", PATIENCE, said -> isOf(said, id, "ended"));

            List<JsonNode> messages = reader.said().stream().filter(said -> said.path("key").asText().equals(id)).toList();
            assertThat(messages).extracting(said -> said.path("partition").asInt()).containsOnly(messages.getFirst().path("partition").asInt());
            assertThat(messages).extracting(said -> said.path("offset").asLong()).isSorted();
            List<String> types = types(messages);
            assertThat(types).startsWith(type("invite.received"), type("routed"), type("admitted"));
            assertThat(types).containsSubsequence(
                    type("admitted"), type("media.ready"), type("agent.joined"), type("answered"), type("ended"));
            assertThat(types).contains(
                    type("agent.dispatched"), type("media.offered"), type("held"), type("resumed"), type("dtmf"), type("heartbeat"));
            assertThat(types.stream().filter(type -> type.equals(type("ended")) || type.equals(type("rejected"))))
                    .containsExactly(type("ended"));
        }
    }

    @Test
    void nothingOnTheTopicIsAgainstTheDocument() throws Exception {
        try (JsonProcess reader = suite.asyncApiReader(); Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(Numbers.UNKNOWN).from("+32470600002"));
            call.awaitFinal(PATIENCE);
            String id = suite.events().of(call).callId();
            // It reads from the beginning, so all events that other tests caused come before this one.
            reader.await("the refusal", PATIENCE, said -> isOf(said, id, "rejected"));
            assertThat(reader.said())
                    .filteredOn(said -> said.path("key").asText().matches("[0-9a-f-]{36}"))
                    .isNotEmpty()
                    .allSatisfy(said -> {
                        assertThat(said.has("unknown")).as("%s is no message of the document", said.path("type")).isFalse();
                        assertThat(said.path("faults")).as("%s", said.path("type")).isEmpty();
                    });
        }
    }

    private static String type(String what) {
        return EVENT + what + ".v1";
    }

    private static boolean isOf(JsonNode said, String id, String what) {
        return said.path("key").asText().equals(id) && said.path("type").asText().equals(type(what));
    }

    /** Returns the types in order; a duplicate, which has the same id, counts once. */
    private static List<String> types(List<JsonNode> messages) {
        List<String> ids = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (JsonNode message : messages) {
            if (!ids.contains(message.path("id").asText())) {
                ids.add(message.path("id").asText());
                types.add(message.path("type").asText());
            }
        }
        return types;
    }
}
