package dev.trunkline.console.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.console.Stories;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.live.DeskCall;
import dev.trunkline.console.live.LiveBoard;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.OrganisationRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When another person may take a call that somebody has. */
class DeskTest {
    private static final OrganisationRef TOWN = new OrganisationRef("0198b5ad-0000-7000-8000-000000000001", "town");
    private static final User ANNA = new User("anna", Role.DESK, Optional.of(TOWN));
    private static final Instant BEGUN = Instant.parse("2026-11-30T09:00:00Z");

    private final LiveBoard board = new LiveBoard();
    private final Stories story = Stories.of(new CallId(UUID.randomUUID()), TOWN, BEGUN, "d14b5bc82fc769e3".repeat(4)).atDesk();

    @BeforeEach
    void rings() {
        hear(story.events());
        board.begins(story.live());
    }

    private void hear(List<Envelope> events) {
        events.forEach(board::hears);
    }

    private DeskCall call() {
        return board.atDesk(ANNA, story.call()).orElseThrow();
    }

    private static Instant after(int seconds) {
        return BEGUN.plusSeconds(seconds);
    }

    @Test
    void aCallOfADeskIsOneAndWaitsUntilSomebodyAnswers() {
        assertThat(call().attended()).isFalse();
        assertThat(call().call().desk()).isTrue();
        assertThat(call().call().room()).contains("support_room");
        hear(story.joins("desk-anna", 5_000));
        assertThat(call().attended()).isTrue();
    }

    @Test
    void aCallerWhoWasHandedOverWaitsForNobodyUntilSomebodyOfTheRoomAnswersAgain() {
        hear(story.joins("desk-anna", 5_000));
        hear(story.handedOver(8_000));
        hear(story.leaves("desk-anna", 9_000));
        assertThat(call().attended()).isTrue();
        assertThat(call().handedOver()).isTrue();
        assertThat(Desk.lapsed(call(), after(3_600))).isEqualTo(Instant.EPOCH);
        hear(story.joins("desk-bob", 60_000));
        hear(story.leaves("desk-bob", 90_000));
        assertThat(call().attended()).isFalse();
    }

    @Test
    void aCallIsHeldUntilNeitherThePhoneNorTheRoomHoldsIt() {
        hear(story.joins("desk-anna", 5_000));
        hear(story.relaySays(6_000, new CallHeld(story.call(), Optional.of("desk-anna"))));
        assertThat(call().call().state()).isEqualTo("held");
        assertThat(call().call().heldBy()).contains("desk-anna");
        hear(story.relaySays(7_000, new CallHeld(story.call())));
        hear(story.relaySays(8_000, new CallResumed(story.call(), Optional.of("desk-anna"), Optional.of("desk-anna took the caller back"))));
        assertThat(call().call().state()).as("the phone holds still").isEqualTo("held");
        assertThat(call().call().heldBy()).isEmpty();
        hear(story.relaySays(9_000, new CallResumed(story.call())));
        assertThat(call().call().state()).isEqualTo("up");
    }

    @Test
    void anotherRelayKnowsOfNoHoldInTheRoom() {
        hear(story.joins("desk-anna", 5_000));
        hear(story.relaySays(6_000, new CallHeld(story.call(), Optional.of("desk-anna"))));
        CallAdmitted admitted = story.events().stream().flatMap(event -> event.record() instanceof CallAdmitted one ? Stream.of(one) : Stream.empty())
                .findFirst().orElseThrow();
        hear(story.relaySays(7_000, new MediaLost(story.call(), "relay-1", 1, "silent", "", "PA_1", after(5), false, Optional.empty(), admitted)));
        assertThat(call().call().state()).isEqualTo("up");
        hear(story.relaySays(8_000, new CallHeld(story.call(), Optional.of("desk-anna"))));
        assertThat(call().call().state()).as("whoever holds has asked for it again").isEqualTo("held");
    }

    @Test
    void aCallOfAgentsIsNone() {
        Stories other = Stories.of(new CallId(UUID.randomUUID()), TOWN, BEGUN, "d14b5bc82fc769e3".repeat(4)).up();
        hear(other.events());
        board.begins(other.live());
        assertThat(board.atDesk(ANNA, other.call())).isEmpty();
        assertThat(board.atDesks(ANNA)).extracting(call -> call.call().callId()).containsExactly(story.call());
    }

    @Test
    void whoeverDoesNotComeLosesTheCall() {
        assertThat(Desk.lapsed(call(), after(60))).isEqualTo(after(40));
    }

    @Test
    void whoeverIsInTheRoomHasItAsLongAsTheyAre() {
        hear(story.joins("desk-anna", 5_000));
        assertThat(Desk.lapsed(call(), after(3_600))).isEqualTo(Instant.EPOCH);
    }

    @Test
    void whoeverHasLeftHasAWhileToComeBack() {
        hear(story.joins("desk-anna", 5_000));
        hear(story.leaves("desk-anna", 600_000));
        assertThat(call().leftAt()).contains(after(600));
        assertThat(Desk.lapsed(call(), after(619))).isEqualTo(Instant.EPOCH);
        assertThat(Desk.lapsed(call(), after(621))).isEqualTo(after(601));
        hear(story.joins("desk-bob", 622_000));
        assertThat(call().leftAt()).isEmpty();
    }
}
