package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.dispatcher.livekit.Dispatch;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.livekit.Participant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes agents from a room whose dispatch was taken back and who come, or stay, all the same. LiveKit ends the jobs of a
 * deleted dispatch, but it does not reach a worker whose connection broke. An agent that enters its room only afterwards sits
 * there alone, for up to five minutes if its entry recreates the room; in a call that continues it would be a second agent.
 *
 * <pre>
 *   taken back --4 s: LiveKit's own 3 s for leaving are over--> look --6 s--> look --10 s--> look
 * </pre>
 */
final class Stragglers {
    private static final Logger LOG = Logger.getLogger(Stragglers.class);
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(4), Duration.ofSeconds(6), Duration.ofSeconds(10));
    /** LiveKit records jobs up to 5 s late; after this time a dispatch has all the jobs that it will ever have. */
    private static final Duration JOBS_COME_UP = Duration.ofSeconds(6);

    /**
     * No watch is this long: a dispatch that appears this old, or appears to come from the future, has the time of another
     * clock.
     */
    private static final Duration ANY_WATCH = Duration.ofMinutes(30);

    private final DispatcherTools tools;

    /**
     * @param dispatch as it was when it was taken back
     * @param listened whether somebody had listened to the caller: in that case its agent is in the room, and nothing is left
     *     to do once it is out
     * @param callOver whether it was taken back because the call ended: anyone else who is in the room then may need its agent
     */
    record Gone(CallLabel label, String room, Dispatch dispatch, boolean listened, boolean callOver) {
        boolean done(List<Participant> there) {
            Set<String> known = dispatch.participants();
            return listened && !known.isEmpty() && there.stream().noneMatch(agent -> known.contains(agent.identity()));
        }
    }

    Stragglers(DispatcherTools tools) {
        this.tools = tools;
    }

    void lookFor(Gone gone) {
        Duration age = Duration.between(gone.dispatch().createdAt(), tools.clock().instant());
        if (!gone.dispatch().jobs().isEmpty() || age.compareTo(JOBS_COME_UP) < 0 || age.compareTo(ANY_WATCH) > 0) {
            later(gone, 0, Set.of());
        }
    }

    private void later(Gone gone, int number, Set<String> seen) {
        if (number < PAUSES.size()) {
            tools.later(PAUSES.get(number), () -> look(gone, number, seen));
        }
    }

    /** @param seen agents who were in the room at the previous look and could not be identified for certain */
    private void look(Gone gone, int number, Set<String> seen) {
        Set<String> unsure = new HashSet<>();
        try {
            List<Participant> there = tools.livekit().participants(gone.room());
            if (gone.done(there)) {
                return;
            }
            for (Participant agent : strange(gone, there)) {
                if (gone.dispatch().participants().contains(agent.identity()) || seen.contains(agent.identity())) {
                    showOut(gone, agent);
                } else {
                    unsure.add(agent.identity());
                }
            }
        } catch (LiveKitException e) {
            LOG.debugf("%s LiveKit did not list the participants of the room: %s", gone.label(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        later(gone, number + 1, unsure);
    }

    /** Returns the agents in the room who may belong to this dispatch and belong to no other. */
    private List<Participant> strange(Gone gone, List<Participant> there)
            throws LiveKitException, InterruptedException {
        boolean agentsAlone = there.stream().allMatch(Participant::agent);
        if (gone.callOver() && !agentsAlone) {
            return List.of();
        }
        Set<String> known = gone.dispatch().participants();
        List<Participant> strange = there.stream()
                .filter(Participant::agent)
                // A job that appeared while its dispatch was taken back is recognised by its worker's name, and by being
                // alone.
                .filter(agent -> known.contains(agent.identity())
                        || known.isEmpty() && agentsAlone && agent.agentName().equals(gone.dispatch().agent()))
                .toList();
        if (strange.isEmpty()) {
            return strange;
        }
        Set<String> others = tools.livekit().list(gone.room()).stream()
                .flatMap(dispatch -> dispatch.participants().stream())
                .collect(Collectors.toSet());
        return strange.stream().filter(agent -> !others.contains(agent.identity())).toList();
    }

    private void showOut(Gone gone, Participant agent) throws LiveKitException, InterruptedException {
        if (tools.livekit().remove(gone.room(), agent.identity())) {
            tools.metrics().shownOut();
            LOG.infof("%s removed %s from the room: dispatch %s was withdrawn",
                    gone.label(), agent.identity(), gone.dispatch().id());
        }
    }
}
