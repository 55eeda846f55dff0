package dev.trunkline.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final PhoneSaw HUNG_UP = new PhoneSaw.Answered(false, Optional.empty());

    private static Placed placed(PhoneSaw seen, String... expected) {
        return new Placed("a1@phone", "TALKS", 7, seen, false, Set.of(expected));
    }

    private static Told told(Told.Last... last) {
        return new Told("id-1", "a1@phone", List.of("InviteReceived", "CallRouted"), List.of(last));
    }

    private static Told.Last ended(String code) {
        return new Told.Last(false, true, code);
    }

    private static Told.Last refused(String code) {
        return new Told.Last(true, false, code);
    }

    private static Row row(String outcome, String reason) {
        return new Row("id-1", outcome, reason);
    }

    private static Ledger ledger(Placed placed, Told told, Row... rows) {
        return Ledger.of(List.of(placed), List.of(told), List.of(rows), 0);
    }

    @Test
    void aCallWhosePhoneEventsAndHistoryAgreeHasAnAccount() {
        Ledger ledger = ledger(placed(HUNG_UP, "caller-hung-up"), told(ended("caller-hung-up")), row("answered", "caller-hung-up"));
        assertThat(ledger.withoutAccount()).isEmpty();
        assertThat(ledger.lost()).isEmpty();
        assertThat(ledger.refused()).isEmpty();
        assertThat(ledger.others()).isZero();
        assertThat(ledger.ends()).containsOnlyKeys("TALKS: ended caller-hung-up").containsValue(1);
    }

    @Test
    void aRefusalHasOneIfTheCodesAgree() {
        Placed call = placed(new PhoneSaw.Refused(486, Optional.of("number-busy")), "number-busy");
        assertThat(ledger(call, told(refused("number-busy")), row("refused", "number-busy")).withoutAccount()).isEmpty();
        assertThat(ledger(call, told(refused("no-agent")), row("refused", "no-agent")).withoutAccount())
                .singleElement().asString().startsWith("phone and event disagree: TALKS at 7 s, a1@phone");
    }

    @Test
    void aCallWithoutEventsOrWithoutALastEventOrWithTwoHasNone() {
        assertThat(Ledger.of(List.of(placed(HUNG_UP, "caller-hung-up")), List.of(), List.of(), 0).withoutAccount())
                .singleElement().asString().startsWith("no events: ");
        assertThat(ledger(placed(HUNG_UP, "caller-hung-up"), told()).withoutAccount()).singleElement().asString().startsWith("no last event: ");
        assertThat(ledger(placed(HUNG_UP, "caller-hung-up"), told(ended("caller-hung-up"), ended("edge-lost")), row("answered", "caller-hung-up"))
                .withoutAccount()).singleElement().asString().startsWith("2 last events: ").contains("edge-lost");
    }

    @Test
    void neitherHasACallThatTheHistoryLacksRepeatsOrContradicts() {
        Placed call = placed(HUNG_UP, "caller-hung-up");
        Told events = told(ended("caller-hung-up"));
        Row right = row("answered", "caller-hung-up");
        assertThat(ledger(call, events).withoutAccount()).singleElement().asString().startsWith("not in the history: ");
        assertThat(ledger(call, events, right, right).withoutAccount()).singleElement().asString().startsWith("2 times in the history: ");
        assertThat(ledger(call, events, row("unanswered", "caller-hung-up")).withoutAccount()).singleElement().asString()
                .startsWith("the history says unanswered, caller-hung-up: ");
        assertThat(ledger(call, events, row("answered", "room-closed")).withoutAccount()).hasSize(1);
    }

    @Test
    void aPhoneThatWasAnsweredContradictsAnUnansweredEnd() {
        Told.Last unanswered = new Told.Last(false, false, "cancelled");
        assertThat(ledger(placed(HUNG_UP, "caller-hung-up", "cancelled"), told(unanswered), row("unanswered", "cancelled")).withoutAccount()).hasSize(1);
        assertThat(ledger(placed(new PhoneSaw.Cancelled(false), "cancelled"), told(unanswered), row("unanswered", "cancelled")).withoutAccount()).isEmpty();
    }

    @Test
    void aPhoneThatTransferredItsCallMayBeLetGoBeforeTheCallEnds() {
        PhoneSaw letGo = new PhoneSaw.Answered(true, Optional.of("transferred"));
        assertThat(ledger(placed(letGo, "partner-left"), told(ended("partner-left")), row("answered", "partner-left")).withoutAccount()).isEmpty();
        PhoneSaw other = new PhoneSaw.Answered(true, Optional.of("agent-left"));
        assertThat(ledger(placed(other, "partner-left"), told(ended("partner-left")), row("answered", "partner-left")).withoutAccount()).hasSize(1);
    }

    @Test
    void aCallThatTheSuiteEndedForAReasonThatItsPlanLacksIsLost() {
        Ledger ledger = ledger(placed(new PhoneSaw.Answered(true, Optional.of("relay-lost")), "caller-hung-up"), told(ended("relay-lost")),
                row("answered", "relay-lost"));
        assertThat(ledger.withoutAccount()).isEmpty();
        assertThat(ledger.lost()).singleElement().asString().contains("a1@phone", "relay-lost");
        assertThat(ledger.refused()).isEmpty();
    }

    @Test
    void aCallThatTheSuiteRefusedForAReasonThatItsPlanLacksIsListedAndNotLost() {
        Ledger ledger = ledger(placed(new PhoneSaw.Refused(503, Optional.of("deadline")), "caller-hung-up"), told(refused("deadline")), row("refused", "deadline"));
        assertThat(ledger.withoutAccount()).isEmpty();
        assertThat(ledger.lost()).isEmpty();
        assertThat(ledger.refused()).singleElement().asString().contains("deadline");
    }

    @Test
    void aCallThatWasTurnedAwayAtTheDoorHasNoEventsAndAsManyAsTheEdgeCountsAreAccountedFor() {
        Placed call = placed(new PhoneSaw.Refused(503, Optional.of("suite-full")), "caller-hung-up");
        Ledger counted = Ledger.of(List.of(call, call), List.of(), List.of(), 1);
        assertThat(counted.turnedAway()).isEqualTo(1);
        assertThat(counted.refused()).hasSize(1);
        assertThat(counted.withoutAccount()).hasSize(1);
    }

    @Test
    void aCallThatTheLoadDidNotPlaceNeedsALastEventAndARowToo() {
        Told leg = new Told("id-2", "", List.of("CallRouted"), List.of(new Told.Last(false, true, "partner-left")));
        assertThat(Ledger.of(List.of(), List.of(leg), List.of(new Row("id-2", "answered", "partner-left")), 0).withoutAccount()).isEmpty();
        assertThat(Ledger.of(List.of(), List.of(leg), List.of(), 0).withoutAccount()).singleElement().asString()
                .startsWith("not in the history: a call that the load did not place, call id-2");
    }

    @Test
    void aCallIsFoundByItsMaskedCallId() {
        Told masked = new Told("id-1", "a*@phone", List.of(), List.of(ended("caller-hung-up")));
        assertThat(ledger(placed(HUNG_UP, "caller-hung-up"), masked, row("answered", "caller-hung-up")).withoutAccount()).isEmpty();
        assertThat(Masked.isMaskOf("b*@phone", "b1@phone")).isTrue();
        assertThat(Masked.isMaskOf("b*@phone", "bx@phone")).isFalse();
        assertThat(Masked.isMaskOf("b*@phone", "b12@phone")).isFalse();
    }
}
