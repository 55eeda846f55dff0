package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member is killed with an event in hand. */
class DeadMemberTest extends KafkaTests {
    private final Set<CallId> handled = ConcurrentHashMap.newKeySet();

    private CompletableFuture<Void> handle(CallId call) {
        handled.add(call);
        return CompletableFuture.completedFuture(null);
    }

    private void killWithInHand(MemberProcess.Kind kind, String group, String instance, CallId call) throws Exception {
        Process member = MemberProcess.start(kafka, group, instance, kind);
        Set<String> said = ConcurrentHashMap.newKeySet();
        Thread.ofVirtual().start(() -> member.inputReader().lines().forEach(said::add));
        try {
            CallEventPublisher publisher = publisher();
            // Published repeatedly, because a member that takes long to start looks back ten seconds at most.
            eventually("it has the event in hand", () -> {
                publisher.publish(key(call, 1));
                return said.contains("took " + call);
            });
        } finally {
            member.destroyForcibly().waitFor(20, SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherMemberGetsTheEvent(MemberProcess.Kind kind) throws Exception {
        String group = fresh("group");
        CallId call = newCall();
        killWithInHand(kind, group, fresh("member"), call);
        group(group, fresh("member"), envelope -> handle(envelope.callId()));
        eventually("the event comes again", () -> handled.contains(call));
    }

    /** As if a hypervisor paused the machine: the member is missed, another takes over, and the first comes back as one of two. */
    @ParameterizedTest
    @EnumSource
    void aFrozenMembersEventsGoToAnotherAndItTakesPartAgainWhenItThaws(MemberProcess.Kind kind) throws Exception {
        String group = fresh("group");
        Process member = MemberProcess.start(kafka, group, fresh("member"), kind);
        Set<String> tookFirst = ConcurrentHashMap.newKeySet();
        Thread.ofVirtual().start(() -> member.inputReader().lines().forEach(tookFirst::add));
        try {
            CallId call = newCall();
            CallEventPublisher publisher = publisher();
            eventually("the first has it in hand", () -> {
                publisher.publish(key(call, 1));
                return tookFirst.contains("took " + call);
            });
            signal("-STOP", member);
            CallEventGroup second = group(group, fresh("member"), envelope -> handle(envelope.callId()));
            eventually("the event in hand comes to the second", () -> handled.contains(call));
            signal("-CONT", member);
            eventually("both take part", () -> {
                CallId next = newCall();
                publisher.publish(key(next, 1));
                return tookFirst.size() > 1;
            });
            assertThat(second.healthy()).isTrue();
            eventually("the second reads on", second::reading);
        } finally {
            member.destroyForcibly().waitFor(20, SECONDS);
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor()).isZero();
    }

    /** The instance's name is still in the group, so the others keep what they have and nobody waits for a timeout. */
    @ParameterizedTest
    @EnumSource
    void theSameInstanceTakesOverWhereItWas(MemberProcess.Kind kind) throws Exception {
        String group = fresh("group");
        String instance = fresh("member");
        CallId call = newCall();
        killWithInHand(kind, group, instance, call);
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
