package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import java.io.BufferedReader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A member is killed with an event in hand. */
class DeadMemberTest extends KafkaTests {
    private final Set<CallId> handled = ConcurrentHashMap.newKeySet();

    private CompletableFuture<Void> handle(CallId call) {
        handled.add(call);
        return CompletableFuture.completedFuture(null);
    }

    private void killWithInHand(String group, String instance, CallId call) throws Exception {
        Process member = MemberProcess.start(kafka, group, instance);
        try (BufferedReader output = member.inputReader()) {
            publish(publisher(), key(call, 1));
            String line = output.readLine();
            while (line != null && !line.equals("took " + call)) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("took " + call);
        } finally {
            member.destroyForcibly().waitFor(20, SECONDS);
        }
    }

    @Test
    void anotherMemberGetsTheEvent() throws Exception {
        String group = fresh("group");
        CallId call = newCall();
        killWithInHand(group, fresh("member"), call);
        group(group, fresh("member"), envelope -> handle(envelope.callId()));
        eventually("the event comes again", () -> handled.contains(call));
    }

    /** The instance's name is still in the group, so the others keep what they have and nobody waits for a timeout. */
    @Test
    void theSameInstanceTakesOverWhereItWas() throws Exception {
        String group = fresh("group");
        String instance = fresh("member");
        CallId call = newCall();
        killWithInHand(group, instance, call);
        group(group, instance, envelope -> handle(envelope.callId()));
        eventually("the event comes again", () -> handled.contains(call));
    }

    @Test
    void aSecondProcessWithTheSameNameTakesThePlaceOfTheFirst() throws Exception {
        String group = fresh("group");
        String instance = fresh("member");
        CallEventGroup first = group(group, instance, envelope -> CompletableFuture.completedFuture(null));
        group(group, instance, envelope -> handle(envelope.callId()));
        eventually("the first gives up", () -> !first.healthy());
        CallId call = newCall();
        publish(publisher(), key(call, 1));
        eventually("the second has the calls", () -> handled.contains(call));
    }
}
