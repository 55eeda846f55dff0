package dev.trunkline.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.console.Stories;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.OrganisationRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The holds in a trace: by the phone, by the room, and by both at once. */
class HoldTimesTest {
    private static final Instant BEGUN = Instant.parse("2026-11-30T09:00:00Z");

    private final CallId call = new CallId(UUID.randomUUID());
    private final Stories story = Stories.of(
                    call, new OrganisationRef("0198b5ad-0000-7000-8000-000000000001", "town"), BEGUN, "d14b5bc82fc769e3".repeat(4))
            .up();

    private HoldTimesTest say(int millis, CallEvent event) {
        story.relaySays(millis, event);
        return this;
    }

    private CallEvent heldBy(String who) {
        return new CallHeld(call, Optional.of(who));
    }

    private CallEvent over(String who) {
        return new CallResumed(call, Optional.of(who), Optional.of(who + " took the caller back"));
    }

    private CallStory told() {
        return CallStory.of(story.events().stream().map(event -> new CallStory.Told(event, "")).toList());
    }

    private List<String> words() {
        return told().steps().stream().map(CallStory.Step::text).filter(text -> text.contains("h hold") || text.contains("held") || text.contains(" hold ")).toList();
    }

    @Test
    void aCallThatNobodyHeldHasNone() {
        assertThat(told().held()).isEmpty();
    }

    @Test
    void thePhonesHoldAndTheRoomsAreToldApart() {
        say(20_000, new CallHeld(call)).say(25_000, new CallResumed(call)).say(30_000, heldBy("desk-anna")).say(72_500, over("desk-anna"));
        assertThat(told().held()).contains(new HoldTimes(5_000, 42_500));
        assertThat(words()).containsExactly(
                "put on hold by the phone", "taken off hold by the phone after 5.0 s",
                "the caller is held by desk-anna and hears the waiting sound",
                "the caller is held no more after 42.5 s: desk-anna took the caller back");
    }

    @Test
    void theTwoHoldBesideEachOther() {
        say(20_000, heldBy("helper")).say(22_000, new CallHeld(call)).say(26_000, over("helper")).say(30_000, new CallResumed(call));
        assertThat(told().held()).contains(new HoldTimes(8_000, 6_000));
        assertThat(words()).contains(
                "the caller is held no more after 6.0 s: helper took the caller back", "taken off hold by the phone after 8.0 s");
    }

    @Test
    void whoeverHoldsInThePlaceOfAnotherGoesOnAndAHoldThatIsNotOverCountsUpToTheLastEvent() {
        say(20_000, heldBy("desk-anna")).say(30_000, heldBy("desk-ben")).say(45_000, over("desk-ben")).say(50_000, new CallHeld(call))
                .say(53_000, heldBy("desk-ben")).say(60_000, new CallResumed(call));
        assertThat(told().held()).contains(new HoldTimes(10_000, 32_000));
    }
}
