package dev.trunkline.router.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.live.LivePage.Count;
import dev.trunkline.router.problem.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin and two tenants see of the live calls. */
class LiveCallsTest {
    private static final Principal ADMIN = new Principal.Admin("admin");
    private static final Principal BAKERY = tenant(Live.BAKERY);
    private static final Principal FLORIST = tenant(Live.FLORIST);
    private static final LiveFilter ALL = filter(Optional.empty(), Optional.empty());
    private static final Instant READ_AT = Instant.parse("2026-03-02T10:00:00Z");

    private final LiveCallTable table = new LiveCallTable();
    private boolean begun = true;
    private boolean complete = true;
    private final LiveCalls calls =
            new LiveCalls(table, Directory::empty, () -> begun, () -> READ_AT, () -> complete);

    private static Principal tenant(OrganisationRef organisation) {
        return new Principal.Tenant("somebody", UUID.fromString(organisation.id()), organisation.name());
    }

    private static LiveFilter filter(Optional<String> organisation, Optional<String> number) {
        return LiveFilter.of(organisation, number, Optional.empty(), Optional.empty());
    }

    private LivePage page(Principal caller, LiveFilter filter) {
        return calls.page(caller, filter).orElseThrow();
    }

    private static List<String> ids(LivePage page) {
        return page.calls().stream().map(LivePage.Call::callId).toList();
    }

    private static List<String> ids(long... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(number -> Live.id(number).toString()).toList();
    }

    private void threeCalls() {
        table.put(Live.of(3, Live.FLORIST, "+3225550702", Optional.of("gpu-1")));
        table.put(Live.of(1, Live.BAKERY, Live.SHOP, Optional.of("gpu-1")));
        table.put(Live.of(2, Live.BAKERY, Live.SHOP, Optional.empty()));
    }

    @Test
    void anAdminSeesAllCallsTheOldestFirstAndTheirCounts() {
        threeCalls();
        LivePage page = page(ADMIN, ALL);
        assertThat(ids(page)).isEqualTo(ids(1, 2, 3));
        assertThat(page.calls().getFirst()).isEqualTo(new LivePage.Call(
                Live.id(1).toString(), "bakery", Live.SHOP, Optional.of("pbx"), Optional.of("gpu-1"), Live.SINCE,
                Optional.empty()));
        assertThat(page.counts()).isEqualTo(new LivePage.Counts(
                3,
                List.of(new Count(Live.SHOP, 2), new Count("+3225550702", 1)),
                List.of(new Count("bakery", 2), new Count("florist", 1)),
                List.of(new Count("gpu-1", 2))));
        assertThat(page.readAt()).isEqualTo(READ_AT);
        assertThat(page.complete()).isTrue();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void aTenantSeesItsOwnCallsAndCountsAloneWhateverItAsksFor() {
        threeCalls();
        LivePage page = page(FLORIST, ALL);
        assertThat(ids(page)).isEqualTo(ids(3));
        assertThat(page.counts()).isEqualTo(new LivePage.Counts(
                1, List.of(new Count("+3225550702", 1)), List.of(new Count("florist", 1)), List.of(new Count("gpu-1", 1))));
        LivePage ofAnother = page(FLORIST, filter(Optional.of("bakery"), Optional.of(Live.SHOP)));
        assertThat(ofAnother.calls()).isEmpty();
        assertThat(ofAnother.counts().calls()).isZero();
        assertThat(calls.onNumbers(FLORIST).orElseThrow().of(Live.SHOP)).isZero();
        assertThat(calls.onNumbers(BAKERY).orElseThrow().of(Live.SHOP)).isEqualTo(2);
    }

    @Test
    void aTenantIsToldByItsIdNotByAName() {
        table.put(new LiveCall(
                Live.id(1), new OrganisationRef(Live.BAKERY.id(), "florist"), Live.SHOP, new TrunkRef("t1", "pbx"),
                Optional.empty(), Optional.empty(), Live.SINCE));
        assertThat(page(FLORIST, ALL).calls()).isEmpty();
        assertThat(page(BAKERY, ALL).calls()).hasSize(1);
    }

    @Test
    void trialCallsAreShownAndMarkedAndNotCounted() {
        table.put(Live.trial(1));
        LivePage page = page(BAKERY, ALL);
        assertThat(page.calls().getFirst().purpose().orElseThrow().code()).isEqualTo("trial");
        assertThat(page.counts()).isEqualTo(new LivePage.Counts(0, List.of(), List.of(), List.of()));
        assertThat(calls.onNumbers(BAKERY).orElseThrow().of(Live.SHOP)).isZero();
    }

    @Test
    void filtersNarrowTheCallsAndTheCounts() {
        threeCalls();
        assertThat(ids(page(ADMIN, filter(Optional.of("bakery"), Optional.empty())))).isEqualTo(ids(1, 2));
        LivePage ofANumber = page(ADMIN, filter(Optional.empty(), Optional.of("+3225550702")));
        assertThat(ids(ofANumber)).isEqualTo(ids(3));
        assertThat(ofANumber.counts().calls()).isEqualTo(1);
    }

    @Test
    void manyCallsComeInPagesWithTheCountsOfAll() {
        IntStream.range(0, 250).forEach(number -> table.put(Live.call(number)));
        LivePage first = page(ADMIN, ALL);
        assertThat(first.calls()).hasSize(100);
        assertThat(first.counts().calls()).isEqualTo(250);
        assertThat(first.next()).hasValue(Live.id(99).toString());
        LivePage last = page(ADMIN, LiveFilter.of(
                Optional.empty(), Optional.empty(), Optional.of(Live.id(199).toString()), Optional.of("1000")));
        assertThat(last.calls()).hasSize(50);
        assertThat(last.calls().getFirst().callId()).isEqualTo(Live.id(200).toString());
        assertThat(last.next()).isEmpty();
        LivePage exactly = page(ADMIN, LiveFilter.of(
                Optional.empty(), Optional.empty(), Optional.of(Live.id(149).toString()), Optional.of("100")));
        assertThat(exactly.calls()).hasSize(100);
        assertThat(exactly.next()).as("a page that ends with the last call").isEmpty();
    }

    @Test
    void noMoreThanAThousandNumbersAreCountedOneByOne() {
        IntStream.range(0, 1_200).forEach(number -> table.put(
                Live.of(number, Live.BAKERY, "+32255" + (10_000 + number), Optional.empty())));
        LivePage.Counts counts = page(ADMIN, ALL).counts();
        assertThat(counts.byNumber()).hasSize(1_000);
        assertThat(counts.calls()).isEqualTo(1_200);
    }

    @Test
    void aCallOfWhichOnlyItsHeartbeatIsKnownHasNoTrunk() {
        table.put(new LiveCall(
                Live.id(1), Live.BAKERY, Live.SHOP, new TrunkRef("", ""), Optional.empty(), Optional.empty(), Live.SINCE));
        assertThat(page(ADMIN, ALL).calls().getFirst().trunk()).isEmpty();
    }

    @Test
    void whileKafkaIsNotReadTheAnswerSaysSo() {
        complete = false;
        assertThat(page(ADMIN, ALL).complete()).isFalse();
    }

    @Test
    void untilTheTopicIsReadToItsEndTheAnswerIs503WithWhatToDoAndNumbersHaveNoCalls() {
        begun = false;
        threeCalls();
        var resource = new LiveCallsResource(calls, new CurrentPrincipal() {
            @Override
            public Principal get() {
                return ADMIN;
            }
        });
        assertThatThrownBy(() -> resource.live(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.status().getStatusCode()).isEqualTo(503);
                    assertThat(refused).hasMessageContaining("try again in a second");
                });
        assertThat(calls.onNumbers(ADMIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "ten", "", "99999999999"})
    void aLimitOutOfItsRangeIsMalformed(String limit) {
        assertThatThrownBy(() -> LiveFilter.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(limit)))
                .isInstanceOf(Refused.class)
                .hasMessage("Write limit from 1 to 1000.");
    }

    @Test
    void aPageAfterSomethingThatIsNoCallIsMalformed() {
        assertThatThrownBy(() -> LiveFilter.of(Optional.empty(), Optional.empty(), Optional.of("+32"), Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("id of a call");
    }
}
