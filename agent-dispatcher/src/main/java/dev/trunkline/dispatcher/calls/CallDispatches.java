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

/** What one watch asks LiveKit for, and about. Every method waits; thread-safe. */
final class CallDispatches {
    private static final Logger LOG = Logger.getLogger(CallDispatches.class);
    /** Clocks of this machine's neighbours may be off by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final Wanted wanted;
    private final List<Agent> agents;
    private final DispatcherTools tools;
    private final Stragglers stragglers;
    private final CallLabel label;
    private final String room;
    /** Seats of which LiveKit may know already. */
    private final Set<Integer> perhapsThere = ConcurrentHashMap.newKeySet();
    /** Seats of which it may know from before everybody left. */
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

    /** The cause was perhaps handled before, by somebody who did not live to say so. */
    void mayHaveBeenAskedFor() {
        for (int seat = 0; seat < agents.size(); seat++) {
            perhapsThere.add(seat);
        }
    }

    /**
     * Everybody left, and what was dispatched before is of no use.
     *
     * @param watchedBefore whether whoever dispatched it takes it back; what LiveKit dispatched by itself nobody does
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

    /** Whatever comes from now on finds nobody to talk to. */
    void callIsOver() {
        callOver = true;
    }

    /** @param instead a dispatch that is taken back before */
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
                // The relay refuses the call for the same reason; if the room comes in time the agent does too.
                throw new LiveKitException("the room must exist already and does not", false);
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
            // The seat is free again, and patience ends as ever.
            tools.caught(fault);
            return new Input.Refused(seat, "asking for it failed in the dispatcher", false);
        }
    }

    /** LiveKit made a dispatch of those without a name itself, when the room was made. */
    private Input askNameless(int seat) throws LiveKitException, InterruptedException {
        if (!tools.livekit().exists(room)) {
            return new Input.Refused(seat, "the room is not there yet", false);
        }
        Optional<Dispatch> there = tools.livekit().list(room).stream()
                .filter(dispatch -> dispatch.agent().isEmpty())
                .max(Comparator.comparing(Dispatch::underway).thenComparing(Dispatch::createdAt));
        return there.isPresent()
                ? new Input.Dispatched(seat, there.get().id(), false)
                : new Input.Dispatched(seat, tools.livekit().create(room, agents.get(seat)));
    }

    /** @param lookFirst whether an earlier attempt, or an earlier life, may have got through */
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
     * @param adopt whether one of afterwards may be this watch's, of an earlier life
     * @return that one
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

    /** An earlier watch may have left a dispatch of a seat that is not asked for now. */
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
            LOG.warnf("%s a dispatch of %s may still be there: %s", label, Telling.nameOf(agents.get(seat)), e.getMessage());
        }
    }

    Whereabouts look(String dispatchId) throws InterruptedException {
        try {
            Optional<Dispatch> found = tools.livekit().look(room, dispatchId);
            return found.isPresent() ? whereabouts(found.get()) : new Whereabouts.Lost();
        } catch (LiveKitException e) {
            LOG.debugf("%s LiveKit does not tell of dispatch %s: %s", label, dispatchId, e.getMessage());
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
        // Whoever cannot be told by a name is given the time that there is.
        boolean there = expected.isEmpty()
                || tools.livekit().participants(room).stream().map(Participant::identity).anyMatch(expected::contains);
        return there ? new Whereabouts.InRoom() : new Whereabouts.OnTheWay();
    }

    void withdraw(String dispatchId) throws InterruptedException {
        try {
            takenBack(tools.livekit().delete(room, dispatchId));
        } catch (LiveKitException e) {
            // An empty room takes its dispatches with it.
            LOG.infof("%s dispatch %s is left to LiveKit: %s", label, dispatchId, e.getMessage());
        }
    }

    /** @return false if it was gone before */
    private boolean takenBack(Optional<Dispatch> gone) {
        gone.ifPresent(dispatch -> {
            tools.metrics().withdrawn();
            LOG.infof("%s took back dispatch %s", label, dispatch.id());
            stragglers.lookFor(new Stragglers.Gone(label, room, dispatch, listened, callOver));
        });
        return gone.isPresent();
    }

    /** What LiveKit knows of a dispatch, part of a sentence; empty if it does not say. */
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
