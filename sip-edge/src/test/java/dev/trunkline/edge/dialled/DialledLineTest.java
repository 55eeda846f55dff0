package dev.trunkline.edge.dialled;

import static dev.trunkline.edge.dialled.CalledSource.DIVERSION;
import static dev.trunkline.edge.dialled.CalledSource.HISTORY_INFO;
import static dev.trunkline.edge.dialled.CalledSource.P_CALLED_PARTY_ID;
import static dev.trunkline.edge.dialled.CalledSource.REQUEST_URI;
import static dev.trunkline.edge.dialled.CalledSource.TO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialledLineTest {
    /** The number in the Request-URI of every request here. */
    private static final String REQUESTED = "+3225550100";

    private static DialledLine line(Map<String, List<String>> headers, String... sources) {
        return DialledLine.of(
                Requests.invite(Requests.from("+32475112233", "pbx", ""), headers, List.of()), List.of(sources));
    }

    @Test
    void isTheRequestUriUnlessTheTrunkSaysOtherwise() {
        var headers = Map.of("diversion", List.of("<sip:+3225550111@a>"));
        assertThat(line(headers)).isEqualTo(new DialledLine(REQUESTED, REQUEST_URI));
        assertThat(line(headers, "request-uri", "diversion")).isEqualTo(new DialledLine(REQUESTED, REQUEST_URI));
        assertThat(line(headers, "to", "diversion")).isEqualTo(new DialledLine(REQUESTED, TO));
    }

    @Test
    void isWhatWasCalledBeforeARegistrarPutOurContactThere() {
        var headers = Map.of("p-called-party-id", List.of("<sip:+3225550111@carrier.example>;x=y"));
        assertThat(line(headers, "p-called-party-id")).isEqualTo(new DialledLine("+3225550111", P_CALLED_PARTY_ID));
        assertThat(line(Map.of("p-called-party-id", List.of("damaged <")), "p-called-party-id"))
                .isEqualTo(new DialledLine(REQUESTED, REQUEST_URI));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<sip:+3225550111@a>;reason=unconditional;counter=1 | +3225550111",
        "<sip:+3225550122@a>;reason=no-answer, <sip:+3225550111@a>;reason=user-busy | +3225550111",
        "\"Front desk, <1>\" <sip:+3225550111@a>;privacy=off | +3225550111",
        "<tel:+3225550111>;reason=unknown | +3225550111",
        "<sip:+3225550111;phone-context=+32@a> | +3225550111;phone-context=+32",
        "<sip:1000@pbx> | 1000",
    })
    void isTheLastDiversion(String diversion, String number) {
        assertThat(line(Map.of("diversion", List.of(diversion)), "diversion"))
                .isEqualTo(new DialledLine(number, DIVERSION));
    }

    @Test
    void isTheLastDiversionOfSeveralFields() {
        var headers = Map.of("diversion", List.of("<sip:+3225550122@a>", "<sip:+3225550111@a>"));
        assertThat(line(headers, "diversion").number()).isEqualTo("+3225550111");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<sip:+3225550111@a>;index=1, <sip:+3225550122@b?Reason=SIP%3Bcause%3D302>;index=1.1;mp=1 | +3225550111",
        "<sip:+3225550122@b>;index=1.1, <sip:+3225550111@a>;index=1 | +3225550111",
        "<sip:+3225550122@b>;index=1.10, <sip:+3225550111@a>;index=1.2 | +3225550111",
        "<sip:+3225550122@b>;index=2, <sip:+3225550111@a>;index=1.1 | +3225550111",
        "<sip:+3225550122@b>, <sip:+3225550111@a>;index=1 | +3225550111",
        "<sip:+3225550122@b>;index=0x, <sip:+3225550111@a>;index=1 | +3225550111",
        "<tel:+3225550111>;index=1 | +3225550111",
    })
    void isTheFirstOfTheHistory(String history, String number) {
        assertThat(line(Map.of("history-info", List.of(history)), "history-info"))
                .isEqualTo(new DialledLine(number, HISTORY_INFO));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<", "<sip:+3225550111@a", "nonsense", "<sip:a>;index=1", "<sip:anonymous@anonymous.invalid>;index=1",
        "<sip:>;index=1", "\"", ",;,;", "<mailto:x@y>;index=1"
    })
    void isTheNextSourceWhereOneCannotBeRead(String broken) {
        var headers = Map.of("diversion", List.of(broken), "history-info", List.of(broken));
        assertThat(line(headers, "diversion", "history-info", "to").source()).isEqualTo(TO);
        assertThat(line(headers, "diversion", "history-info")).isEqualTo(new DialledLine(REQUESTED, REQUEST_URI));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:+3225550111@a>", "<sip:+3225550111@a>;index=", "<sip:+3225550111@a>;index=1..1",
        "<sip:+3225550111@a>;index=99999999999"})
    void takesNoHistoryWithoutAnOrder(String history) {
        assertThat(line(Map.of("history-info", List.of(history)), "history-info").source()).isEqualTo(REQUEST_URI);
    }

    @Test
    void triesTheSourcesInTheTrunksOrder() {
        var headers = Map.of(
                "diversion", List.of("<sip:+3225550111@a>"),
                "history-info", List.of("<sip:+3225550133@a>;index=1"));
        assertThat(line(headers, "History-Info", "diversion").number()).isEqualTo("+3225550133");
        assertThat(line(headers, "diversion", "history-info").number()).isEqualTo("+3225550111");
        assertThat(line(Map.of(), "diversion", "history-info").source()).isEqualTo(REQUEST_URI);
    }
}
