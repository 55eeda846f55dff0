package dev.trunkline.edge.caller;

import static dev.trunkline.edge.caller.CallerSource.FROM;
import static dev.trunkline.edge.caller.CallerSource.P_ASSERTED_IDENTITY;
import static dev.trunkline.edge.caller.CallerSource.REMOTE_PARTY_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.sip.message.Party;
import dev.trunkline.sip.message.SipHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerLineTest {
    private static final Party ANNA = Requests.from("+32475112233", "pbx", "\"Anna\"");
    private static final String ASSERTED = "p-asserted-identity";
    private static final String REMOTE = "remote-party-id";

    private static CallerLine line(Party from, Map<String, List<String>> headers, String... sources) {
        return CallerLine.of(Requests.invite(from, headers, List.of()), List.of(sources));
    }

    @Test
    void isTheFromUserWhereNothingElseIsSaid() {
        CallerLine line = line(ANNA, Map.of());
        assertThat(line.number()).isEqualTo("+32475112233");
        assertThat(line.displayName()).isEqualTo("Anna");
        assertThat(line.source()).contains(FROM);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"Bob\" <sip:+32470000000@carrier> | +32470000000",
        "<tel:+32470000000;phone-context=x> | +32470000000;phone-context=x",
        "sip:+32470000000@carrier;user=phone | +32470000000",
        "<sip:+32470000000;npdi@carrier> | +32470000000;npdi",
        "<sip:+32470000000:secret@carrier> | +32470000000",
        "\"Sales, <b>; c\\\" d\" <sip:+32470000000@carrier> | +32470000000",
        "<sip:alice@carrier>, <tel:+32470000000> | +32470000000",
        "<sip:+32470000000@carrier>, <sip:+32470000001@carrier> | +32470000000",
        "<sip:carrier>, <sip:+32470000001@carrier> | +32470000001",
        "<sip:unavailable@carrier>, <tel:+32470000001> | +32470000001",
    })
    void isThePersonThatTheTrunkAsserts(String asserted, String number) {
        CallerLine line = line(ANNA, Map.of(ASSERTED, List.of(asserted)));
        assertThat(line.number()).isEqualTo(number);
        assertThat(line.source()).contains(P_ASSERTED_IDENTITY);
    }

    @Test
    void readsAnAssertedIdentityInFieldsOfItsOwn() {
        var headers = Map.of(ASSERTED, List.of("<sip:alice@carrier>", "<tel:+32470000000>"));
        assertThat(line(ANNA, headers).number()).isEqualTo("+32470000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "<", "<>", ">", "\"", "\"Bob <sip:+32470000000@carrier>", "<sip:+32470000000@carrier", "nonsense",
        "<mailto:bob@carrier>", "<sip:>", "<sip:@>", "<tel:>", ",,,", ";;;", "<sip:carrier>", "<sip:anonymous@x>",
        "<sip:x@unknown.invalid>", "\\", "\"\\"
    })
    void passesOverWhatNamesNobodyOrCannotBeRead(String broken) {
        var headers = Map.of(ASSERTED, List.of(broken), REMOTE, List.of(broken));
        CallerLine line = line(ANNA, headers);
        assertThat(line.number()).isEqualTo("+32475112233");
        assertThat(line.source()).contains(FROM);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"Bob\" <sip:+32470000000@pbx>;party=calling;screen=yes;privacy=off | +32470000000",
        "<sip:+32470000000@pbx>;screen=yes | +32470000000",
        "<sip:+32470000009@pbx>;party=called, <sip:+32470000000@pbx>;party=calling | +32470000000",
        "<tel:+32470000000>;PARTY=Calling | +32470000000",
    })
    void isTheRemotePartyThatCalls(String remote, String number) {
        CallerLine line = line(ANNA, Map.of(REMOTE, List.of(remote)));
        assertThat(line.number()).isEqualTo(number);
        assertThat(line.source()).contains(REMOTE_PARTY_ID);
    }

    @Test
    void isNotTheRemotePartyThatIsCalled() {
        assertThat(line(ANNA, Map.of(REMOTE, List.of("<sip:+32470000009@pbx>;party=called"))).source()).contains(FROM);
    }

    @Test
    void believesTheSourcesInTheTrunksOrder() {
        var headers = Map.of(
                ASSERTED, List.of("<sip:+32470000001@carrier>"), REMOTE, List.of("<sip:+32470000002@pbx>"));
        assertThat(line(ANNA, headers).number()).isEqualTo("+32470000001");
        assertThat(line(ANNA, headers, "from").number()).isEqualTo("+32475112233");
        assertThat(line(ANNA, headers, "Remote-Party-ID", "from").number()).isEqualTo("+32470000002");
        assertThat(line(ANNA, headers, "no-such-thing", "from").number()).isEqualTo("+32475112233");
        assertThat(line(ANNA, headers, "no-such-thing").number()).isEqualTo("+32470000001");
    }

    @Test
    void isNobodyWhereTheTrunksSourcesNameNobody() {
        assertThat(line(ANNA, Map.of(), "p-asserted-identity").anonymous()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"id", "ID", "user;id", "header", "id;critical", "'session, id'"})
    void isNobodyWhereTheNumberIsWithheld(String privacy) {
        var headers = Map.of("privacy", List.of(privacy), ASSERTED, List.of("<sip:+32470000000@carrier>"));
        CallerLine line = line(ANNA, headers);
        assertThat(line.anonymous()).isTrue();
        assertThat(line.number() + line.displayName()).isEmpty();
        assertThat(line.telling()).containsExactly("+32470000000", "+32475112233");
    }

    @ParameterizedTest
    @CsvSource({"full", "uri", "full-network", "FULL"})
    void isNobodyWhereTheRemotePartyIsPrivate(String privacy) {
        var headers = Map.of(REMOTE, List.of("<sip:+32470000000@pbx>;party=calling;privacy=" + privacy));
        assertThat(line(ANNA, headers).anonymous()).isTrue();
    }

    @Test
    void isANumberWithoutANameWhereOnlyTheNameIsPrivate() {
        CallerLine line = line(ANNA, Map.of(REMOTE, List.of("\"Bob\" <sip:+32470000000@pbx>;privacy=name")));
        assertThat(line.number()).isEqualTo("+32470000000");
        assertThat(line.displayName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous, anonymous.invalid, Anonymous", "Anonymous, pbx, ''", "x, anonymous.invalid, ''",
        "restricted, pbx, ''", "x, sub.anonymous.invalid, ''", "+32475112233, pbx, Anonymous", "private, pbx, ''"
    })
    void isNobodyByAnAnonymousFrom(String user, String host, String name) {
        Party from = Requests.from(user, host, name);
        assertThat(line(from, Map.of()).anonymous()).isTrue();
        assertThat(line(from, Map.of(ASSERTED, List.of("<tel:+32470000000>"))).anonymous()).isTrue();
    }

    @Test
    void isWhoIsAssertedWhereNoPrivacyIsAskedExpressly() {
        var headers = Map.of("privacy", List.of("none"), ASSERTED, List.of("<tel:+32470000000>"));
        assertThat(line(Requests.from("anonymous", "anonymous.invalid", "Anonymous"), headers).number())
                .isEqualTo("+32470000000");
        assertThat(line(ANNA, Map.of("privacy", List.of("none"))).anonymous()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unavailable", "Unknown", "anonymous", ""})
    void isNobodyWithoutANumber(String user) {
        assertThat(line(Requests.from(user, "pbx", ""), Map.of()).anonymous()).isTrue();
    }

    @Test
    void isWhoIsAssertedWhereFromHasNoNumber() {
        CallerLine line = line(
                Requests.from("unavailable", "unknown.invalid", "Unavailable"),
                Map.of(ASSERTED, List.of("\"Bob\" <sip:+32470000000@carrier>")));
        assertThat(line.number()).isEqualTo("+32470000000");
        assertThat(line.displayName()).isEqualTo("Bob");
    }

    @Test
    void neverPrintsANumber() {
        CallerLine line = line(ANNA, Map.of());
        assertThat(line.toString() + ANNA + line.source() + Optional.of(line)).doesNotContain("475");
    }

    @ParameterizedTest
    @CsvSource({
        "32475112233@10.0.0.1, ***********@10.0.0.1",
        "abc-0475112233-xyz, abc-0*********-xyz",
        "abc-475-11-22-33, abc-***-**-**-**",
        "5f2e-8811-ab90, 5f2e-8811-ab90",
        "id-112233-1, id-******-1",
    })
    void theCallIdIsMasked(String callId, String masked) {
        assertThat(CallIdMask.mask(callId, List.of("+32475112233", ""))).isEqualTo(masked);
    }

    @Test
    void aShortNumberIsMaskedToo() {
        assertThat(CallIdMask.mask("x-104-y", List.of("104"))).isEqualTo("x-***-y");
    }

    @Test
    void choosesHeaders() {
        var headers = Map.of("x-ticket", List.of("12"), "diversion", List.of("<sip:a@b>", "<sip:c@d>"),
                "subject", List.of("hello"), "via", List.of("no"), "x-long", List.of("x".repeat(5_000)));
        assertThat(ChosenHeaders.of(SipHeaders.of(headers), List.of("Subject"), line(ANNA, Map.of())))
                .isEqualTo(Map.of("x-ticket", "12", "diversion", "<sip:a@b>, <sip:c@d>", "subject", "hello",
                        "x-long", "x".repeat(4_096)));
    }

    @Test
    void choosesEveryHeaderForATrunkThatWantsThemButNoSecret() {
        var headers = Map.of("via", List.of("SIP/2.0/UDP 192.0.2.1"), "subject", List.of("hello"), "authorization", List.of("Digest a"));
        assertThat(ChosenHeaders.of(SipHeaders.of(headers), List.of("*"), line(ANNA, Map.of())))
                .isEqualTo(Map.of("via", "SIP/2.0/UDP 192.0.2.1", "subject", "hello"));
    }

    @Test
    void choosesNoHeaderThatNamesAHiddenCaller() {
        var headers = Map.of(
                "privacy", List.of("id"),
                ASSERTED, List.of("<sip:+32470000000@carrier>"),
                REMOTE, List.of("<sip:+32470000000@carrier>"),
                "identity", List.of("eyJ.eyJ.sig"),
                "contact", List.of("<sip:bob@192.0.2.1>"),
                "diversion", List.of("<sip:+3225550199@carrier>"),
                "x-cli", List.of("0470-00 00 00"),
                "x-from", List.of("0475112233"),
                "x-ticket", List.of("12"));
        assertThat(ChosenHeaders.of(SipHeaders.of(headers), List.of("Contact"), line(ANNA, headers)).keySet())
                .containsExactlyInAnyOrder("privacy", "diversion", "x-ticket");
    }

    @Test
    void leavesAHistoryOutThatIsNotToBeTold() {
        var headers = Map.of("privacy", List.of("history"), "history-info", List.of("<sip:+3225550100@a>;index=1"));
        assertThat(ChosenHeaders.of(SipHeaders.of(headers), List.of(), line(ANNA, headers)))
                .containsOnlyKeys("privacy");
    }
}
