package dev.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sip:a@b | sip | b | -1 | '' | a", "SIPS:A:pw@B:5061;Lr | sips | B | 5061 | ;lr | A", "sip:b | sip | b | -1 | '' | ''",
        "sip:a;p=1@b;q=2?h=3 | sip | b | -1 | ;q=2?h=3 | a;p=1", "\"N\" <sip:a@[2001:db8::1]:5060>;tag=x | sip | 2001:db8::1 | 5060 | '' | a",
        "sip:a@[2001:db8::1] | sip | 2001:db8::1 | -1 | '' | a", "sip:a@b:x | sip | b | -1 | '' | a", "tel:+32;x=y | tel | +32 | -1 | ;x=y | +32;x=y",
        "nonsense | '' | nonsense | -1 | '' | ''", "'' | '' | '' | -1 | '' | ''", "<sip:a@b | sip | b | -1 | '' | a",
        "sip: | sip | '' | -1 | '' | ''", "sip:@ | sip | '' | -1 | '' | ''", "sip:a@b:99999999999 | sip | b | -1 | '' | a",
    })
    void aUriIsTakenApart(String text, String scheme, String host, int port, String parameters, String user) {
        SipUri uri = SipUri.parse(text);
        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port().orElse(-1)).isEqualTo(port);
        assertThat(uri.parameters()).isEqualTo(parameters);
        assertThat(SipUri.user(SipUri.bare(text))).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({"sip:a;lr, true", "<sip:a;lr=on>, true", "sip:a;LR;x, true", "sip:a;lrx, false", "sip:a;x=lr, false", "sip:a, false"})
    void aLooseRouterSaysSo(String uri, boolean loose) {
        assertThat(SipUri.parse(uri).loose()).isEqualTo(loose);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sip:a;transport=TCP | tcp", "sip:a;x;transport=udp;y | udp", "sip:a;transport | ''", "sip:a;transport= | ''", "sip:a |",
        "sip:a?transport=tcp |", "sip:a;x=1?y=2;transport=tcp |", "sip:a;transportx=tcp |", "sip:a;xtransport=tcp |",
        "sip:a;;;transport=tls | tls", "sip:transport=tcp@a |", "sip:a;transport=tcp;transport=udp | tcp",
    })
    void aParameterIsFound(String uri, String value) {
        assertThat(SipUri.parse(uri).parameter("transport")).isEqualTo(java.util.Optional.ofNullable(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"a\" | a", "\"a\\\"b\" | a\"b", "\"a\\\\\" | a\\", "\"\" | ''", "a | a", "\" | \"", "\"a | \"a", "\"a\\\" | a\\", "\"\\b\" | b",
    })
    void quotesAreTakenOff(String text, String plain) {
        assertThat(NameAddr.unquoted(text)).isEqualTo(plain);
    }

    @Test
    void addressesAreReadOutOfFields() {
        List<NameAddr> all = NameAddr.all(List.of("\"A, B\" <sip:a@b;x=1>;Y=\"2;3\", <tel:+32>;z , sips:c@d;w=V", "<http://x>, <sip:e", ""));
        assertThat(all).containsExactly(new NameAddr("A, B", "sip:a@b;x=1", Map.of("y", "2;3")),
                new NameAddr("", "tel:+32", Map.of("z", "")), new NameAddr("", "sips:c@d", Map.of("w", "V")));
        assertThat(all.getLast().parameter("w")).contains("v");
        assertThat(all.getLast().parameter("none")).isEmpty();
        assertThat(all.get(1).isTel()).isTrue();
        assertThat(all.getFirst().user()).isEqualTo("a");
        assertThat(all.getFirst()).hasToString("NameAddr[…]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "<sip:a", "<>", "sip", "mailto:a@b", ";", "\""})
    void whatIsNoAddressIsNone(String value) {
        assertThat(NameAddr.parse(value)).isEmpty();
    }

    @Test
    void headersMadeOfAMapAreFoundInAnyCase() {
        SipHeaders headers = SipHeaders.of(Map.of("supported", List.of("Timer, \"a,b\"", ",x")));
        assertThat(headers.tokens("SUPPORTED")).containsExactly("timer", "\"a,b\"", "x");
        assertThat(headers.names()).containsExactly("supported");
        assertThat(headers.first("x")).isEmpty();
    }
}
