package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferToTest {
    private static ReferTo read(Map<String, List<String>> headers) {
        return ReferTo.of(Requests.invite(Requests.from("anna", "pbx", ""), headers, List.of()).headers());
    }

    private static ReferTo read(String... referTo) {
        return read(Map.of("Refer-To", List.of(referTo)));
    }

    @ParameterizedTest
    @CsvSource({
        "<sip:201@edge>, 201", "sip:201@edge, 201", "\"Anna\" <sip:anna@pbx:5080;transport=tcp>, anna", "<sip:%2B32470@192.0.2.1>, +32470",
        "<sip:+32470;phone-context=x@PBX>, +32470", "<tel:+32470>, tel:+32470", "<sip:anna@elsewhere:5080;user=phone>, sip:anna@elsewhere",
        "<sip:anna@[2001:db8::1]:5080>, sip:anna@[2001:db8::1]", "<sips:201@edge>, 201", "<sip:201@edge;method=INVITE>, 201",
    })
    void theNumberAloneCountsOfThePhonesOwnSide(String value, String dialled) {
        assertThat(read(value)).isInstanceOfSatisfying(ReferTo.Target.class, target ->
                assertThat(target.dialled(Given.DIALOG)).isEqualTo(dialled));
    }

    @Test
    void whomItReplacesAndWhoAsksGoAlong() {
        ReferTo read = read(Map.of(
                "Refer-To", List.of("<sip:201@pbx?Replaces=a%40b%3Bto-tag%3Dt%3Bfrom-tag%3Df&X=1>"), "Referred-By", List.of("<sip:me@pbx>")));
        assertThat(read).isEqualTo(new ReferTo.Target("sip:201@pbx", Optional.of("a@b;to-tag=t;from-tag=f"), Optional.of("<sip:me@pbx>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<http://x>", "<sip:pbx>", "nobody", "<sip:a@b;method=BYE>", "<sip:a@b?Replaces=x>", "<sip:a@b", "<sip:a b@c>",
    })
    void whatNamesNobodyIsMalformed(String value) {
        assertThat(read(value)).isInstanceOf(ReferTo.Malformed.class);
    }

    @Test
    void oneIsWanted() {
        assertThat(read()).isInstanceOf(ReferTo.Malformed.class);
        assertThat(read("<sip:a@b>", "<sip:c@b>")).isInstanceOf(ReferTo.Malformed.class);
        assertThat(read("<sip:" + "a".repeat(2_000) + "@b>")).isInstanceOf(ReferTo.Malformed.class);
    }
}
