package dev.trunkline.relay.onward;

import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Progress of a caller towards somebody who takes the call. Each method returns what is to be done now. Not thread-safe.
 *
 * <pre>
 *   step --all of it failed, or its time is up--> next step --none is left--> over: the call is to end
 *     `----a target has the caller, of this step or of one before, or somebody else has--> over: all others are ended
 * </pre>
 *
 * A target that was given up may have answered at that very moment. The edge knows who was first, so its word decides who has the caller.
 * An outbound call that the router starts only after its target was given up is ended as soon as it is known.
 */
public final class Onward {
    /** Time for the edge to report that a target did not answer, before this class gives it up. */
    static final Duration SLACK = Duration.ofSeconds(2);
    /** For a REFER that is not answered, and NOTIFYs that do not come (30 s each); the edge waits a little longer for the next step. */
    static final Duration LONGEST_REFER = Duration.ofSeconds(58);
    /** An announcement longer than the longest sound that can be uploaded (2 min) is stuck. */
    static final Duration LONGEST_ANNOUNCEMENT = Duration.ofSeconds(125);
    /** Time for the edge to answer a call that is to leave a message. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    /** Time for the greeting, the longest message (5 min), and storing it. */
    static final Duration LONGEST_MESSAGE = LONGEST_ANNOUNCEMENT.plusSeconds(330);
    /** Maximum length of the words about one target. */
    static final int MOST_WORDS_EACH = 200;
    /** Maximum length of all words together: they travel in an event and in a SIP header. */
    static final int MOST_WORDS = 1_000;

    private final Plan plan;
    private final BooleanSupplier answered;
    private final Map<String, Try> tries = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private int step = -1;
    private boolean over;
    /** Whether the message of the step is being taken; if not, its call is not answered yet. */
    private boolean taking;

    /** What is known about a target that was requested. @param givenUp why it was given up */
    private record Try(Target target, Optional<CallId> leg, boolean failed, Optional<EndReason> givenUp) {
        boolean isUnderWay() {
            return !failed && givenUp.isEmpty();
        }

        Try with(Optional<CallId> started) {
            return new Try(target, started, failed, givenUp);
        }

        Try thatFailed() {
            return new Try(target, leg, true, givenUp);
        }

        Try given(EndReason up) {
            return new Try(target, leg, failed, Optional.of(up));
        }
    }

    /** @param answered whether the caller's call is answered at the time of asking */
    public Onward(Plan plan, BooleanSupplier answered) {
        this.plan = plan;
        this.answered = answered;
    }

    /** Tries the first step. Call once. */
    public List<Act> begin() {
        return next();
    }

    /** The router started the requested outbound call. @param leg empty if the caller's side makes the call */
    public List<Act> started(String transfer, Optional<CallId> leg) {
        Optional<Try> known = find(transfer);
        known.ifPresent(one -> tries.put(transfer, one.with(leg)));
        return known.flatMap(Try::givenUp).flatMap(why -> leg.map(late -> endLeg(late, why))).map(List::of).orElse(List.of());
    }

    /**
     * A target failed.
     *
     * @param status the SIP status, if there was one
     * @param detail one sentence, without a number
     */
    public List<Act> failed(String transfer, OptionalInt status, String detail) {
        Optional<Try> known = find(transfer).filter(one -> !over && one.isUnderWay());
        if (known.isEmpty()) {
            find(transfer).ifPresent(one -> tries.put(transfer, one.thatFailed()));
            return List.of();
        }
        tries.put(transfer, known.get().thatFailed());
        var acts = new ArrayList<Act>();
        acts.add(note(known.get().target().place(), sentence(detail) + (status.isPresent() ? " (SIP " + status.getAsInt() + ")" : "")));
        if (tries.values().stream().noneMatch(Try::isUnderWay)) {
            acts.addAll(next());
        }
        return acts;
    }

    /** A hand-over succeeded, one of this plan or one that somebody requested. */
    public List<Act> succeeded(String transfer) {
        find(transfer).ifPresent(one -> tries.put(transfer, one.thatFailed()));
        return taken();
    }

    /** Somebody has the caller. */
    public List<Act> taken() {
        if (over) {
            return List.of();
        }
        over = true;
        return giveUp(EndReason.ANSWERED_ELSEWHERE);
    }

    /** The time of {@link Act.Wait} has expired. */
    public List<Act> timeUp() {
        if (over) {
            return List.of();
        }
        var acts = new ArrayList<Act>();
        for (Try late : tries.values()) {
            if (late.isUnderWay()) {
                acts.add(note(late.target().place(), late.leg().isPresent() ? "did not answer in time" : "no outcome was reported"));
            }
        }
        if (current() instanceof Step.Announce announce) {
            acts.add(note(announce.place(), "did not end"));
        }
        if (current() instanceof Step.Message message) {
            acts.add(note(message.place(), answered.getAsBoolean() ? "did not end" : "the call was not answered in time for it"));
        }
        acts.addAll(giveUp(EndReason.NO_ANSWER));
        acts.addAll(next());
        return acts;
    }

    /**
     * An announcement is over.
     *
     * @param of the step for which it was played
     * @param complete whether the caller heard all of it
     * @param detail why not
     */
    public List<Act> announced(int of, boolean complete, String detail) {
        if (over || of != step) {
            return List.of();
        }
        String place = switch (current()) {
            case Step.Announce announce -> announce.place();
            case Step.Message message -> message.place();
            default -> "";
        };
        if (place.isEmpty()) {
            return List.of();
        }
        if (complete && step == plan.steps().size() - 1) {
            over = true;
            return List.of(new Act.EndCall(EndReason.ANNOUNCED, whole("The announcement was played to the caller")));
        }
        var acts = new ArrayList<Act>();
        acts.add(note(place, complete ? "was played" : sentence(detail)));
        acts.addAll(next());
        return acts;
    }

    /** The edge answered the call. */
    public List<Act> callAnswered() {
        return !over && step >= 0 && !taking && current() instanceof Step.Message message ? taken(message) : List.of();
    }

    /**
     * A message was taken.
     *
     * @param of the step for which it was taken
     */
    public List<Act> messageLeft(int of) {
        if (over || of != step) {
            return List.of();
        }
        over = true;
        return List.of(new Act.EndCall(EndReason.MESSAGE_LEFT, "A message was left."));
    }

    /** Asks the caller for a message now. */
    private List<Act> taken(Step.Message message) {
        taking = true;
        return List.of(new Act.TakeMessage(step, message.greeting()), new Act.Wait(LONGEST_MESSAGE));
    }

    /** Returns whether nothing remains to be done. */
    public boolean isOver() {
        return over;
    }

    /** Returns whether this hand-over is one of the plan's. */
    public boolean knows(String transfer) {
        return tries.containsKey(transfer);
    }

    private List<Act> next() {
        var acts = new ArrayList<Act>();
        while (!over && ++step < plan.steps().size()) {
            taking = false;
            List<Act> now = begun(plan.steps().get(step));
            acts.addAll(now);
            if (now.stream().anyMatch(Act.Wait.class::isInstance)) {
                return acts;
            }
        }
        if (!over) {
            over = true;
            acts.add(new Act.EndCall(plan.ending(), whole(plan.lead())));
        }
        return acts;
    }

    /** @return includes an {@link Act.Wait} if something is under way now */
    private List<Act> begun(Step now) {
        return switch (now) {
            case Step.Ring ring -> {
                var acts = new ArrayList<Act>();
                for (Target target : ring.targets()) {
                    asked(target);
                    acts.add(new Act.Ring(target, ring.ringing()));
                }
                acts.add(new Act.Wait(ring.ringing().plus(SLACK)));
                yield acts;
            }
            case Step.Refer refer when answered.getAsBoolean() -> {
                asked(refer.target());
                yield List.of(new Act.Refer(refer.target(), refer.ringing()), new Act.Wait(LONGEST_REFER));
            }
            case Step.Announce announce when answered.getAsBoolean() ->
                List.of(new Act.Announce(step, announce.name()), new Act.Wait(LONGEST_ANNOUNCEMENT));
            case Step.Message message when answered.getAsBoolean() -> taken(message);
            case Step.Message message -> List.of(new Act.Answer("The caller is to leave a message."), new Act.Wait(LONGEST_ANSWER));
            case Step.Refer refer -> List.of(note(refer.target().place(), "skipped: the call is not answered"));
            case Step.Announce announce -> List.of(note(announce.place(), "skipped: the call is not answered"));
            case Step.Pass pass -> List.of(note(pass.place(), "skipped: " + pass.why()));
            case Step.Refuse refuse -> {
                over = true;
                note(refuse.place(), "refused with status " + refuse.status());
                yield List.of(new Act.EndCall(plan.ending(), whole(plan.lead())));
            }
        };
    }

    private void asked(Target target) {
        tries.put(target.transfer(), new Try(target, Optional.empty(), false, Optional.empty()));
    }

    private List<Act> giveUp(EndReason why) {
        var acts = new ArrayList<Act>();
        tries.replaceAll((transfer, one) -> {
            if (!one.isUnderWay()) {
                return one;
            }
            one.leg().ifPresent(leg -> acts.add(endLeg(leg, why)));
            return one.given(why);
        });
        return acts;
    }

    private static Act endLeg(CallId leg, EndReason why) {
        return new Act.EndLeg(leg, why, why.sentence());
    }

    private Act.Note note(String place, String what) {
        String whole = place + ": " + what;
        words.add(whole);
        return new Act.Note(whole);
    }

    private Step current() {
        return plan.steps().get(step);
    }

    private Optional<Try> find(String transfer) {
        return Optional.ofNullable(tries.get(transfer));
    }

    /** Returns words from another service in a form that fits into a sentence of ours. */
    private static String sentence(String detail) {
        String trimmed = detail.strip();
        String plain = trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        return shortened(plain, MOST_WORDS_EACH);
    }

    private String whole(String lead) {
        String first = sentence(lead);
        return shortened(words.isEmpty() ? first + "." : first + ": " + String.join("; ", words) + ".", MOST_WORDS);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
