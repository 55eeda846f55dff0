package dev.trunkline.edge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.sip.Party;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerLineTest {
    private static final Party ANNA = Requests.from("+32475112233", "pbx", "\"Anna\"");

    private static CallerLine line(Party from, Map<String, List<String>> headers) {
        return CallerLine.of(Requests.invite(from, headers, List.of()));
    }

    @Test
    void isTheFromUser() {
        assertThat(line(ANNA, Map.of())).isEqualTo(new CallerLine("+32475112233", "Anna", false));
    }

    @ParameterizedTest
    @CsvSource({
        "\"Bob\" <sip:+32470000000@carrier>, +32470000000",
        "<tel:+32470000000;phone-context=x>, +32470000000",
        "sip:+32470000000@carrier;user=phone, +32470000000",
        "<sip:+32470000000;npdi@carrier>, +32470000000",
        "<sip:carrier>, +32475112233",
    })
    void isThePersonThatTheTrunkAsserts(String asserted, String number) {
        assertThat(line(ANNA, Map.of("p-asserted-identity", List.of(asserted))).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"id", "ID", "user;id", "header", "id;critical"})
    void isNobodyWhereTheNumberIsWithheld(String privacy) {
        var headers = Map.of(
                "privacy", List.of(privacy), "p-asserted-identity", List.of("<sip:+32470000000@carrier>"));
        assertThat(line(ANNA, headers)).isEqualTo(new CallerLine("", "", true));
    }

    @ParameterizedTest
    @CsvSource({"anonymous, anonymous.invalid", "Anonymous, pbx", "x, anonymous.invalid"})
    void isNobodyByAnAnonymousFrom(String user, String host) {
        assertThat(line(Requests.from(user, host, "Anonymous"), Map.of()).anonymous()).isTrue();
    }

    @Test
    void asksNoPrivacyByNone() {
        assertThat(line(ANNA, Map.of("privacy", List.of("none"))).anonymous()).isFalse();
    }

    @Test
    void neverPrintsANumber() {
        assertThat(line(ANNA, Map.of()).toString() + ANNA).doesNotContain("475");
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
        assertThat(ChosenHeaders.of(dev.trunkline.edge.sip.SipHeaders.of(headers), List.of("Subject")))
                .isEqualTo(Map.of("x-ticket", "12", "diversion", "<sip:a@b>, <sip:c@d>", "subject", "hello"));
    }
}
