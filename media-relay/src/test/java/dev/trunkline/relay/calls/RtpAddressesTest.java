package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.OwnAddresses;
import dev.trunkline.relay.sdp.PhoneCodec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpAddressesTest {
    private static OwnAddresses own(String bind, String advertised) {
        return RtpAddresses.advertised(
                RtpAddresses.bind(bind), Optional.ofNullable(advertised).map(text -> List.of(text.split(","))));
    }

    private static boolean takes(OwnAddresses own, String connection) {
        var judge = new OfferJudge(List.of(PhoneCodec.PCMU), own, false);
        return judge.judge("v=0\r\nc=IN " + connection + "\r\nm=audio 4000 RTP/AVP 0\r\n") instanceof Negotiation.Accepted;
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, , true, false", "::1, , false, true", "0.0.0.0, 192.0.2.10, true, false",
        "'::', '192.0.2.10,2001:db8::10', true, true", "'::', 192.0.2.10, true, false", "'::', 2001:db8::10, false, true"
    })
    void aStreamIsTakenInTheFamiliesThatPhonesAreToldOf(String bind, String advertised, boolean four, boolean six) {
        assertThat(takes(own(bind, advertised), "IP4 203.0.113.5")).isEqualTo(four);
        assertThat(takes(own(bind, advertised), "IP6 2001:db8::5")).isEqualTo(six);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, , TRUNKLINE_RTP_ADVERTISED", "pbx.example.org, , TRUNKLINE_BIND", "0.0.0.0, pbx.example.org, TRUNKLINE_RTP_ADVERTISED",
        "0.0.0.0, 2001:db8::10, bind to ::", "::1, 192.0.2.10, bind to ::", "0.0.0.0, '192.0.2.1,192.0.2.2', two IPv4",
        "0.0.0.0, 0.0.0.0, not an address"
    })
    void whatIsWrongIsSaid(String bind, String advertised, String words) {
        assertThatThrownBy(() -> own(bind, advertised))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
