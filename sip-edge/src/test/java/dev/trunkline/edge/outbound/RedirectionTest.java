package dev.trunkline.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.outbound.Redirection.Place;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.destinations.Redirects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of an outbound call after a 3xx. */
class RedirectionTest {
    private static final Place FIRST = new Place("201", "gw.example");
    private static final OutboundTrunk TRUNK = new OutboundTrunk("t", "pbx", Optional.empty(),
            List.of(new TrunkGateway("gw.example", OptionalInt.empty(), Optional.empty(), 0, 1),
                    new TrunkGateway("gw2.example", OptionalInt.empty(), Optional.empty(), 1, 1)),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            new CallerIdPolicy(CallerIdPlace.FROM, Optional.empty(), false, Optional.empty(), Optional.of("pbx.example")),
            new Dialling(NumberForm.AS_DIALLED, Optional.of("BE"), "", "", Optional.of(true)), List.of(), SrtpUse.OFF, OptionalInt.empty(),
            OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static Redirection following() {
        return new Redirection(TRUNK, Optional.of(Redirects.ALL));
    }

    private static Optional<Place> moved(Redirection redirection, Place at, String... contacts) {
        return redirection.after(at, 302, List.of(contacts));
    }

    @ParameterizedTest
    @CsvSource({
        "<sip:202@gw.example>, 202, gw.example", "<sip:202@GW2.example:5099;transport=tcp>;q=0.1, 202, gw2.example",
        "sip:202@pbx.example, 202, pbx.example", "tel:+32470123456, +32470123456, ''", "<sip:0470123456@gw.example>, 0470123456, gw.example",
        "<sip:anna@gw.example>, anna, gw.example", "<sip:202;phone-context=x@gw.example>, 202, gw.example",
    })
    void aContactIsCalledAsTheTrunkCallsAnybody(String contact, String user, String host) {
        assertThat(moved(following(), FIRST, contact)).contains(new Place(user, host));
    }

    @ParameterizedTest
    @CsvSource({
        "<sip:202@evil.example>, destination-forbidden", "<sip:+3290012345@gw.example>, destination-forbidden",
        "<sip:+881612345678@gw.example>, destination-forbidden", "tel:+33612345678, destination-forbidden",
        "<sip:*72202@gw.example>, destination-invalid", "<mailto:anna@gw.example>, without a target",
        "*, without a target", "'', without a target",
        "<sip:gw.example>, an address that cannot be called",
    })
    void whereTheTrunkDoesNotCallIsNotCalledAndTheReasonIsSaidWithoutTheNumber(String contact, String why) {
        Redirection redirection = following();
        assertThat(moved(redirection, FIRST, contact)).isEmpty();
        assertThat(redirection.why(302).orElseThrow()).contains(why).doesNotContain("202", "3290012345", "881612345678", "33612345678");
    }

    @Test
    void contactsAreCalledInTheOrderOfTheirQAndThoseOfAFurtherRedirectionFirst() {
        Redirection redirection = following();
        assertThat(moved(redirection, FIRST, "<sip:203@gw.example>;q=0.5, <sip:204@gw.example>;q=0.25", "<sip:202@gw.example>;q=0.9"))
                .contains(new Place("202", "gw.example"));
        assertThat(moved(redirection, new Place("202", "gw.example"), "<sip:205@gw.example>;q=0.1")).contains(new Place("205", "gw.example"));
        assertThat(redirection.after(new Place("205", "gw.example"), 486, List.of())).contains(new Place("203", "gw.example"));
        assertThat(redirection.after(new Place("203", "gw.example"), 404, List.of())).contains(new Place("204", "gw.example"));
        assertThat(redirection.after(new Place("204", "gw.example"), 480, List.of())).isEmpty();
        assertThat(redirection.why(480)).isEmpty();
    }

    @Test
    void whoIsBusyEverywhereIsNotCalledElsewhere() {
        Redirection redirection = following();
        moved(redirection, FIRST, "<sip:202@gw.example>, <sip:203@gw.example>");
        assertThat(redirection.after(new Place("202", "gw.example"), 603, List.of())).isEmpty();
    }

    @Test
    void nobodyIsCalledTwice() {
        Redirection redirection = following();
        assertThat(moved(redirection, FIRST, "<sip:201@gw.example>")).isEmpty();
        assertThat(redirection.why(302).orElseThrow()).contains("already called");
        assertThat(moved(redirection, FIRST, "<sip:201@gw2.example>")).as("the other machine").contains(new Place("201", "gw2.example"));
        assertThat(moved(redirection, new Place("201", "gw2.example"), "<sip:201@gw.example>", "tel:201")).isEmpty();
    }

    @Test
    void fiveAreFollowedAndNoMore() {
        Redirection redirection = following();
        var called = new ArrayList<Place>(List.of(FIRST));
        IntStream.range(0, 10).forEach(i -> moved(redirection, called.getLast(), "<sip:%d@gw.example>".formatted(300 + i)).ifPresent(called::add));
        assertThat(called).hasSize(1 + Redirection.MOST);
        assertThat(redirection.why(302).orElseThrow()).contains("more than 5 times");
    }

    @Test
    void aThousandContactsAreNotLookedAt() {
        Redirection redirection = following();
        String[] many = IntStream.range(0, 1_000).mapToObj("<sip:%d@evil.example>"::formatted).toArray(String[]::new);
        many[999] = "<sip:202@gw.example>;q=1.0";
        assertThat(moved(redirection, FIRST, many)).isEmpty();
    }

    @Test
    void aPhonesOwnReferGoesToExtensionsAlone() {
        var redirection = new Redirection(TRUNK, Optional.of(Redirects.EXTENSIONS));
        assertThat(moved(redirection, FIRST, "<sip:+32470123456@gw.example>")).isEmpty();
        assertThat(redirection.why(302).orElseThrow()).contains("extensions");
        assertThat(moved(redirection, FIRST, "<sip:202@gw.example>")).isPresent();
    }

    @Test
    void nothingIsFollowedWhereTheTrunkDoesNotSaySo() {
        var redirection = new Redirection(TRUNK, Optional.empty());
        assertThat(moved(redirection, FIRST, "<sip:202@gw.example>")).isEmpty();
        assertThat(redirection.why(302)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {305, 380, 404, 486, 500})
    void noOtherStatusIsARedirection(int status) {
        assertThat(following().after(FIRST, status, List.of("<sip:202@gw.example>"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=2", "q=x", "q=", "q=0.9999", "q=1e9", "q=-1", "q=0,5"})
    void whatIsNoQIsTheLeast(String q) {
        assertThat(moved(following(), FIRST, "<sip:202@gw.example>;" + q, "<sip:203@gw.example>;q=0.1")).contains(new Place("203", "gw.example"));
    }
}
