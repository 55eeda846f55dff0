package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.dispatcher.livekit.Dispatch;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.livekit.Participant;
import dev.trunkline.dispatcher.watch.Input;
import dev.trunkline.dispatcher.watch.Whereabouts;
import dev.trunkline.events.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The requests and queries that one watch sends to LiveKit. Every method blocks; thread-safe. */
final class CallDispatches {
    private static final Logger LOG = Logger.getLogger(CallDispatches.class);
    /** Clocks of other machines may differ from this one's by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final Wanted wanted;
    private final List<Agent> agents;
    private final DispatcherTools tools;
    private final Stragglers stragglers;
    private final CallLabel label;
    private final String room;
    /** Seats for which LiveKit may already have a dispatch. */
    private final Set<Integer> perhapsThere = ConcurrentHashMap.newKeySet();
    /** Seats for which it may have a dispatch from before everybody left. */
    private final Set<Integer> perhapsLeft = ConcurrentHashMap.newKeySet();
    private volatile boolean listened;
    private volatile boolean callOver;

    CallDispatches(Wanted wanted, List<Agent> agents, DispatcherTools tools, Stragglers stragglers) {
        this.wanted = wanted;
        this.agents = agents;
        this.tools = tools;
        this.stragglers = stragglers;
        this.label = wanted.label();
        this.room = wanted.route().room();
    }

    /** The cause may have been handled before, by a process that died before it could publish the result. */
    void mayHaveBeenAskedFor() {
        for (int seat = 0; seat < agents.size(); seat++) {
            perhapsThere.add(seat);
        }
    }

    /**
     * Everybody left, and earlier dispatches are of no use.
     *
     * @param watchedBefore whether the watch that dispatched them takes them back; nobody takes back what LiveKit dispatched
     *     by itself
     */
    void mayHaveBeenLeftBehind(boolean watchedBefore) {
        for (int seat = 0; seat < agents.size(); seat++) {
            if (!watchedBefore || agents.get(seat).name().isEmpty()) {
                perhapsLeft.add(seat);
            }
        }
    }

    void somebodyListens() {
        listened = true;
    }

    /** An agent that comes from now on finds nobody to talk to. */
    void callIsOver() {
        callOver = true;
    }

    /** @param instead a dispatch that is taken back first */
    Input ask(int seat, Optional<String> instead) throws InterruptedException {
        Agent agent = agents.get(seat);
        try {
            if (instead.isPresent() && takenBack(tools.livekit().deleteIn(room, instead.get()))) {
                perhapsThere.remove(seat);
            }
            boolean lookFirst = !perhapsThere.add(seat);
            if (agent.name().isEmpty() && !wanted.plan().again() && instead.isEmpty()) {
                return askNameless(seat);
            }
            Optional<String> there = there(seat, lookFirst);
            if (wanted.plan().roomMustExist() && !tools.livekit().exists(room)) {
                // The relay rejects the call for the same reason; if the room is created in time, the agent comes in time
                // too.
                throw new LiveKitException("the room must already exist and does not", false);
            } else if (there.isPresent()) {
                tools.metrics().adopted();
                return new Input.Dispatched(seat, there.get());
            } else {
                return new Input.Dispatched(seat, tools.livekit().create(room, agent));
            }
        } catch (LiveKitException e) {
            tools.metrics().refused();
            LOG.warnf("%s dispatch of %s failed: %s", label, Telling.nameOf(agent), e.getMessage());
            return new Input.Refused(seat, e.getMessage(), e.forGood());
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            // The seat is free again, and the patience ends as usual.
            tools.caught(fault);
            return new Input.Refused(seat, "the request failed in the dispatcher", false);
        }
    }

    /** LiveKit itself made a dispatch for workers without a name when the room was created. */
    private Input askNameless(int seat) throws LiveKitException, InterruptedException {
        if (!tools.livekit().exists(room)) {
            return new Input.Refused(seat, "the room does not exist yet", false);
        }
        Optional<Dispatch> there = tools.livekit().list(room).stream()
                .filter(dispatch -> dispatch.agent().isEmpty())
                .max(Comparator.comparing(Dispatch::underway).thenComparing(Dispatch::createdAt));
        return there.isPresent()
                ? new Input.Dispatched(seat, there.get().id(), false)
                : new Input.Dispatched(seat, tools.livekit().create(room, agents.get(seat)));
    }

    /** @param lookFirst whether an earlier attempt, or an earlier run of this service, may have succeeded */
    private Optional<String> there(int seat, boolean lookFirst) throws LiveKitException, InterruptedException {
        if (!perhapsLeft.contains(seat)) {
            return lookFirst ? find(agents.get(seat)) : Optional.empty();
        }
        Optional<String> there = recallLeft(seat, lookFirst);
        perhapsLeft.remove(seat);
        return there;
    }

    private Optional<String> find(Agent agent) throws LiveKitException, InterruptedException {
        Instant notBefore = wanted.plan().again()
                ? wanted.cause().time()
                : wanted.route().invite().receivedAt().minus(CLOCK_SKEW);
        return tools.livekit().find(room, agent, notBefore);
    }

    /**
     * Takes back what was dispatched before everybody left.
     *
     * @param adopt whether a later dispatch may be this watch's, from an earlier run of this service
     * @return that dispatch
     */
    private Optional<String> recallLeft(int seat, boolean adopt) throws LiveKitException, InterruptedException {
        Optional<String> adopted = Optional.empty();
        for (Dispatch dispatch : tools.livekit().list(room)) {
            if (!dispatch.asks(agents.get(seat))) {
                continue;
            }
            if (adopt && adopted.isEmpty() && !dispatch.createdAt().isBefore(wanted.cause().time())) {
                adopted = Optional.of(dispatch.id());
            } else {
                takenBack(tools.livekit().deleteIn(room, dispatch.id()));
            }
        }
        return adopted;
    }

    /** Takes back a dispatch that an earlier watch may have left for a seat that is not asked for now. */
    void recall(int seat) throws InterruptedException {
        if (!perhapsThere.contains(seat) && !perhapsLeft.contains(seat)) {
            return;
        }
        try {
            for (Dispatch dispatch : tools.livekit().list(room)) {
                Instant notBefore = wanted.route().invite().receivedAt().minus(CLOCK_SKEW);
                if (dispatch.asks(agents.get(seat)) && !dispatch.createdAt().isBefore(notBefore)) {
                    takenBack(tools.livekit().deleteIn(room, dispatch.id()));
                }
            }
            perhapsLeft.remove(seat);
        } catch (LiveKitException e) {
            LOG.warnf("%s a dispatch of %s may still exist: %s", label, Telling.nameOf(agents.get(seat)), e.getMessage());
        }
    }

    Whereabouts look(String dispatchId) throws InterruptedException {
        try {
            Optional<Dispatch> found = tools.livekit().look(room, dispatchId);
            return found.isPresent() ? whereabouts(found.get()) : new Whereabouts.Lost();
        } catch (LiveKitException e) {
            LOG.debugf("%s LiveKit did not return dispatch %s: %s", label, dispatchId, e.getMessage());
            return new Whereabouts.NotTold();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            tools.caught(fault);
            return new Whereabouts.NotTold();
        }
    }

    private Whereabouts whereabouts(Dispatch dispatch) throws LiveKitException, InterruptedException {
        if (dispatch.jobs().isEmpty()) {
            return new Whereabouts.NoJob();
        }
        if (!dispatch.underway()) {
            return new Whereabouts.Ended(dispatch.story().orElse("the worker's job ended"));
        }
        Set<String> expected = dispatch.participants();
        // An agent that cannot be recognised by an identity has the rest of the patience.
        boolean there = expected.isEmpty()
                || tools.livekit().participants(room).stream().map(Participant::identity).anyMatch(expected::contains);
        return there ? new Whereabouts.InRoom() : new Whereabouts.OnTheWay();
    }

    void withdraw(String dispatchId) throws InterruptedException {
        try {
            takenBack(tools.livekit().delete(room, dispatchId));
        } catch (LiveKitException e) {
            // When the room empties, its dispatches go with it.
            LOG.infof("%s dispatch %s is left to LiveKit: %s", label, dispatchId, e.getMessage());
        }
    }

    /** @return false if it was already gone */
    private boolean takenBack(Optional<Dispatch> gone) {
        gone.ifPresent(dispatch -> {
            tools.metrics().withdrawn();
            LOG.infof("%s withdrew dispatch %s", label, dispatch.id());
            stragglers.lookFor(new Stragglers.Gone(label, room, dispatch, listened, callOver));
        });
        return gone.isPresent();
    }

    /** Returns what LiveKit knows about a dispatch, as part of a sentence; empty if it does not say. */
    Optional<String> story(String dispatchId) {
        try {
            return tools.livekit().story(room, dispatchId);
        } catch (LiveKitException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
