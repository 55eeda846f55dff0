package dev.trunkline.router.dialling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Emergency calls are always permitted. */
class EmergencyTest {

    @ParameterizedTest
    @CsvSource({
        "BE, 112, 112", "BE, 1-1-2, 112", "BE, tel:112, 112", "BE, sip:112@sip.carrier.example, 112", "BE, sip:112@anywhere.example, 112",
        "BE, tel:112;phone-context=+32, 112", "BE, sip:1%312@anywhere.example, 112", "BE, 101, 101", "DE, 110, 110", "GB, 999, 999",
        "US, 911, 911", "AU, 000, 000",
    })
    void anEmergencyNumberIsDialledAsItIsWhateverTheTrunkSays(String country, String to, String user) {
        Lines lines = Lines.of(("{'name':'t','gateways':[{'host':'h.example'}],'dialling':{'form':'national','country':'%s','add':'0'},"
                + "'allowed':{'countries':['FR']},'forbidden':{'countries':['%s']},'max_concurrent_calls':1}").formatted(country, country))
                .bakeryConfig("{'calls_out':{'max_concurrent':0,'max_per_hour':0}}");

        DialDecision.Dial dial = lines.dialled(to);

        assertThat(dial.emergency()).isTrue();
        assertThat(dial.user()).isEqualTo(user);
        assertThat(dial.number()).isEqualTo(user);
        assertThat(dial.limits().emergency()).isTrue();
        assertThat(dial.longestSeconds()).isEmpty();
        assertThat(dial.trace()).extracting(TraceStep::step).contains("emergency");
    }

    @ParameterizedTest
    @ValueSource(strings = {"911", "1120", "+112", "+32112", "0112", "11", "113"})
    void whatIsNoEmergencyNumberOfTheTrunksCountryIsNone(String to) {
        assertThat(Lines.carrier().refused(to).reason()).isEqualTo(RefusalReason.DESTINATION_INVALID);
    }

    @Test
    void itGoesByWhicheverTrunkThereIs() {
        Lines lines = Lines.carrier().with(Lines.CARRIER.replace("'carrier'", "'of-the-cinema'"), Lines.CINEMA);

        assertThat(((DialDecision.Dial) lines.callBy("of-the-cinema", "112")).trunk().name()).isEqualTo("carrier");
        assertThat(new Lines().refused("112").reason()).isEqualTo(RefusalReason.NO_OUTBOUND_TRUNK);
    }

    @Test
    void theNamedTrunkGoesFirstThenTheOrganisationsOwn() {
        Lines lines = Lines.carrier()
                .with(Lines.CARRIER.replace("'carrier'", "'own'"), Lines.BAKERY)
                .with(Lines.CARRIER.replace("'carrier'", "'second'"));

        assertThat(((DialDecision.Dial) lines.callBy("second", "112")).trunk().name()).isEqualTo("second");
        assertThat(lines.dialled("112").trunk().name()).isEqualTo("own");
        assertThat(lines.decide(Lines.request("112", Optional.empty()))).isInstanceOf(DialDecision.Dial.class);
    }
}
