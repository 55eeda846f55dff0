package dev.trunkline.router.dialling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which trunk calls which target, and which number is shown. */
class DiallerTest {
    private static final String PBX = "{'name':'pbx','gateways':[{'host':'10.0.0.5'},{'host':'2001:db8::5'}],"
            + "'dialling':{'form':'as-dialled','country':'BE'},'caller_id':{'from_domain':'pbx.example'}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "+32 470 12 34 56                               | +32470123456",
        "0470 12 34 56                                  | +32470123456",
        "0032470123456                                  | +32470123456",
        "32470123456                                    | +32470123456",
        "tel:+32-470-12-34-56                           | +32470123456",
        "TEL:0470123456;phone-context=+32               | +32470123456",
        "tel:0470123456;phone-context=pbx.example       | +32470123456",
        "sip:+32470123456@sip.carrier.example           | +32470123456",
        "sip:%2B32470123456@SIP.Carrier.Example:5061    | +32470123456",
        "sips:0470123456:secret@sip.carrier.example;transport=tls?Subject=x | +32470123456",
        "sip:0470123456;phone-context=+32@sip.carrier.example;user=phone | +32470123456",
        "02 555 01 00                                   | +3225550100",
        "0800 12 345                                    | +3280012345",
    })
    void aNumberInAnyFormIsReadByTheTrunksNumberPlan(String to, String number) {
        DialDecision.Dial dial = Lines.carrier().dialled(to);

        assertThat(dial.number()).isEqualTo(number);
        assertThat(dial.user()).isEqualTo(number);
        assertThat(dial.publicNumber()).isTrue();
        assertThat(dial.emergency()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "   ", "+", "tel:", "sip:", "sip:@sip.carrier.example", "sip:sip.carrier.example", "anna", "1001", "0470", "*21*0470123456#",
        "+3247012345678901234", "sip:anna@sip.carrier.example", "+999123456789", "123456789012345678", "sip:1?x@sip.carrier.example",
        "sip:a@b@sip.carrier.example", "+32470\r\n123456", "mailto:anna@sip.carrier.example", "+32470\u00e9",
    })
    void whatIsNoNumberIsInvalid(String to) {
        DialDecision.Refuse refusal = Lines.carrier().refused(to);

        assertThat(refusal.reason()).isEqualTo(RefusalReason.DESTINATION_INVALID);
        assertThat(refusal.trace().getLast().step()).isEqualTo("destination-invalid");
        assertThat(refusal.detail()).isNotBlank();
    }

    @Test
    void whatIsTooLongIsInvalidAndNotRepeated() {
        assertThat(Lines.carrier().refused("+32" + "4".repeat(300)).detail()).hasSizeLessThan(200);
        assertThat(Lines.carrier().refused("sip:" + "a".repeat(10_000) + "@sip.carrier.example").reason())
                .isEqualTo(RefusalReason.DESTINATION_INVALID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "e164              | ''        | ''       | 0470123456       | +32470123456",
        "e164              | ''        | ''       | +49211555010     | +49211555010",
        "e164-without-plus | ''        | ''       | 0470123456       | 32470123456",
        "e164-without-plus | ''        | 9876     | 0470123456       | 987632470123456",
        "national          | ''        | ''       | +32470123456     | 0470123456",
        "national          | ''        | ''       | +3225550100      | 025550100",
        "national          | ''        | ''       | +49211555010     | 0049211555010",
        "national          | 0         | ''       | +32470123456     | 470123456",
        "national          | ''        | 0        | +32470123456     | 00470123456",
        "national          | 00        | 011      | +49211555010     | 01149211555010",
        "e164              | +32       | 0        | +32470123456     | 0470123456",
        "as-dialled        | ''        | ''       | 0470 12 34 56    | 0470123456",
        "as-dialled        | ''        | ''       | +32 470 12 34 56 | +32470123456",
        "as-dialled        | ''        | ''       | 0049 211 555010  | 0049211555010",
        "as-dialled        | ''        | 0        | 0470123456       | 00470123456",
    })
    void theUserPartIsWrittenAsTheTrunkWants(String form, String strip, String add, String to, String user) {
        Lines lines = Lines.of(("{'name':'t','gateways':[{'host':'h.example'}],'allowed':{'countries':['BE','DE']},"
                + "'dialling':{'form':'%s','country':'BE','strip':'%s','add':'%s'}}").formatted(form, strip, add));

        assertThat(lines.dialled(to).user()).isEqualTo(user);
    }

    @Test
    void anAmericanTrunkDialsTenDigitsAtHomeAndElevenToCanada() {
        Lines lines = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'allowed':{'countries':['US','CA','BE']},"
                + "'dialling':{'form':'national','country':'US'}}");

        assertThat(lines.dialled("(202) 555-0100").user()).isEqualTo("2025550100");
        assertThat(lines.dialled("+16045550100").user()).isEqualTo("16045550100");
        assertThat(lines.dialled("+3225550100").user()).isEqualTo("0113225550100");
    }

    @ParameterizedTest
    @CsvSource({
        "1001, 1001", "10, 10", "sip:1001@10.0.0.5, 1001", "sip:1001@PBX.example:5070, 1001", "sip:anna@pbx.example, anna",
        "sip:anna.b-2@[2001:DB8::5]:5060, anna.b-2", "tel:1001, 1001", "10-01, 1001", "tel:1001;phone-context=pbx.example, 1001",
    })
    void anExtensionPassesWhereNumbersAreDialledAsTheyAre(String to, String user) {
        DialDecision.Dial dial = Lines.of(PBX).dialled(to);

        assertThat(dial.user()).isEqualTo(user);
        assertThat(dial.number()).isEqualTo(user);
        assertThat(dial.publicNumber()).isFalse();
    }

    @Test
    void neitherPrefixNorStripTouchesAnExtension() {
        Lines lines = Lines.of("{'name':'pbx','gateways':[{'host':'10.0.0.5'}],'dialling':{'form':'as-dialled','strip':'1','add':'0'}}");

        assertThat(lines.dialled("1001").user()).isEqualTo("1001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "*21*0900123456#", "#31#0470123456", "*97", "1234567", "sip:*21*0900123456#@10.0.0.5"})
    void whatSwitchesAPbxsFeaturesIsNoExtension(String to) {
        assertThat(Lines.of("{'name':'pbx','gateways':[{'host':'10.0.0.5'}],'dialling':{'form':'as-dialled'}}").refused(to).reason())
                .isEqualTo(RefusalReason.DESTINATION_INVALID);
    }

    @Test
    void aPhoneContextCannotMakeAnotherNumberOfWhatIsDialled() {
        Lines lines = Lines.of("{'name':'pbx','gateways':[{'host':'10.0.0.5'}],'allowed':{'countries':['BE','FR']},"
                + "'dialling':{'form':'as-dialled','country':'BE'}}");

        assertThat(lines.dialled("tel:0612345678;phone-context=+33").user()).isEqualTo("+33612345678");
        assertThat(lines.dialled("sip:%30470123456@10.0.0.5").user()).isEqualTo("0470123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:+32470123456@evil.example", "sip:1001@evil.example", "sip:+32470123456@sip.carrier.example.evil.example",
        "sip:+32470123456@evil.example;maddr=sip.carrier.example", "sip:+32470123456@evil.example?x=@sip.carrier.example",
    })
    void aSipUriOfAnotherHostIsForbidden(String to) {
        DialDecision decision = Lines.carrier().call(to);

        assertThat(decision).isInstanceOfSatisfying(DialDecision.Refuse.class, refusal ->
                assertThat(refusal.reason()).isIn(RefusalReason.DESTINATION_FORBIDDEN, RefusalReason.DESTINATION_INVALID));
    }

    @Test
    void aForbiddenHostIsToldWithThoseThatMayBeWritten() {
        assertThat(Lines.carrier().refused("sip:+32470123456@evil.example").detail()).contains("sip.carrier.example");
    }

    @Test
    void theHostOfASipUriChoosesAmongTrunks() {
        Lines lines = Lines.carrier().with(PBX);

        assertThat(lines.dialled("sip:1001@pbx.example").trunk().name()).isEqualTo("pbx");
        assertThat(lines.dialled("sip:0470123456@sip.carrier.example").trunk().name()).isEqualTo("carrier");
        assertThat(lines.dialled("1001").trunk().name()).isEqualTo("pbx");
    }

    @Test
    void theNamedTrunkIsTakenThenTheOrganisationsThenTheSuites() {
        Lines lines = Lines.carrier()
                .with(named("another"))
                .with(named("own-b"), Lines.BAKERY)
                .with(named("own-a"), Lines.BAKERY)
                .with(named("of-the-cinema"), Lines.CINEMA);

        assertThat(lines.dialled("0470123456").trunk().name()).isEqualTo("own-a");
        assertThat(((DialDecision.Dial) lines.callBy("carrier", "0470123456")).trunk().name()).isEqualTo("carrier");
        assertThat(((DialDecision.Dial) lines.callBy("own-b", "0470123456")).trunk().name()).isEqualTo("own-b");
        assertThat(Lines.carrier().with(named("of-the-cinema"), Lines.CINEMA).dialled("0470123456").trunk().name()).isEqualTo("carrier");
    }

    @Test
    void anOrganisationNeverUsesAnothersTrunkAndIsNotToldOfIt() {
        Lines lines = Lines.carrier().with(named("of-the-cinema"), Lines.CINEMA);

        for (String name : List.of("of-the-cinema", "of-nobody")) {
            assertThat(lines.callBy(name, "0470123456")).isInstanceOfSatisfying(DialDecision.Refuse.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(RefusalReason.NO_OUTBOUND_TRUNK);
                assertThat(refusal.trace()).extracting(TraceStep::detail)
                        .allMatch(detail -> !detail.contains("cinema"))
                        .last().asString().contains("it may use carrier");
            });
        }
        assertThat(new Lines().with(named("of-the-cinema"), Lines.CINEMA).refused("0470123456").reason())
                .isEqualTo(RefusalReason.NO_OUTBOUND_TRUNK);
    }

    @Test
    void whatTheOrganisationsOwnTrunksForbidDoesNotGoOutByTheSuites() {
        Lines lines = Lines.of("{'name':'wide','gateways':[{'host':'w.example'}],'allowed':{'countries':['BE','FR']}}")
                .with(named("own"), Lines.BAKERY);

        assertThat(lines.refused("+33612345678").reason()).isEqualTo(RefusalReason.DESTINATION_FORBIDDEN);
        assertThat(lines.callBy("wide", "+33612345678")).isInstanceOf(DialDecision.Dial.class);
    }

    @Test
    void aSipUriGoesByTheTrunkThatHasItsHostAlsoWhereTheOrganisationHasOthers() {
        Lines lines = Lines.of("{'name':'wide','gateways':[{'host':'W.example'}],'allowed':{'countries':['BE','FR']}}")
                .with("{'name':'a-wide','gateways':[{'host':'x.example'}],'allowed':{'countries':['FR']}}")
                .with(named("own"), Lines.BAKERY);

        assertThat(lines.dialled("sip:+33612345678@w.example").trunk().name()).isEqualTo("wide");
        assertThat(lines.dialled("sip:+33612345678@x.EXAMPLE:5080").trunk().name()).isEqualTo("a-wide");
        assertThat(lines.refused("sip:+33612345678@y.example").reason()).isEqualTo(RefusalReason.DESTINATION_FORBIDDEN);
        assertThat(lines.refused("sip:+49211555010@w.example").reason()).as("that trunk may not call there").isEqualTo(RefusalReason.DESTINATION_FORBIDDEN);
    }

    @Test
    void ofSeveralTrunksTheFirstThatTakesTheTargetIsTaken() {
        Lines lines = Lines.of("{'name':'a','gateways':[{'host':'a.example'}],'dialling':{'country':'BE'}}")
                .with("{'name':'b','gateways':[{'host':'b.example'}],'dialling':{'country':'DE'}}");

        DialDecision.Dial dial = lines.dialled("+49211555010");

        assertThat(dial.trunk().name()).isEqualTo("b");
        assertThat(dial.trace()).extracting(TraceStep::step).containsSubsequence("destination-forbidden", "outbound-trunk", "destination-allowed");
        assertThat(lines.refused("+33612345678").trace().getLast().detail())
                .isEqualTo("None of the trunks a, b can call this destination.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                                                       | ''           | +3225550100  | the organisation's",
        "{'number':'+3225559999'}                                 | +32470000000 | +3225559999  | always shows",
        "{'pass':true}                                            | +32470000000 | +32470000000 | the caller's",
        "{'pass':true,'number':'+3225559999'}                     | +32470000000 | +32470000000 | the caller's",
        "{'pass':true,'number':'+3225559999'}                     | ''           | +3225559999  | always shows",
        "{'pass':true}                                            | 'anna>\\r\\n' | +3225550100  | the organisation's",
        "{'pass':false}                                           | +32470000000 | +3225550100  | the organisation's",
        "{'number':'620','in':'p-preferred-identity'}             | ''           | 620          | in p-preferred-identity",
    })
    void theNumberThatIsShownIsThatOfThePolicy(String policy, String caller, String shown, String told) {
        Lines lines = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'dialling':{'country':'BE'},'caller_id':" + policy + "}");

        DialDecision decision = lines.decide(new DialRequest(
                Lines.BAKERY, "0470123456", Optional.empty(), Optional.of("+3225550100"), Optional.of(caller).filter(text -> !text.isEmpty())));

        assertThat(((DialDecision.Dial) decision).callerId()).isEqualTo(shown);
        assertThat(decision.trace()).anySatisfy(step -> assertThat(step.detail()).contains(told));
        assertThat(decision.trace().toString()).doesNotContain("470000000");
    }

    @Test
    void theNumberThatIsShownIsWrittenInTheTrunksFormWithoutWhatGetsALine() {
        Lines lines = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'dialling':{'form':'national','country':'BE','add':'0'},"
                + "'caller_id':{'number':'+3225559999'}}");

        assertThat(lines.dialled("0470123456").callerId()).isEqualTo("025559999");
        assertThat(lines.dialled("0470123456").user()).isEqualTo("00470123456");
    }

    @Test
    void nobodyIsShownWhereNobodyHasANumber() {
        var request = new DialRequest(Lines.BAKERY, "0470123456", Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(((DialDecision.Dial) Lines.carrier().decide(request)).callerId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+32470123456", "+33612345678", "+32900123456", "112", "0470123456", "sip:+32470123456@evil.example", "+32999"})
    void noStepTellsWhomIsCalled(String to) {
        String trace = Lines.carrier().call(to).trace().toString();

        assertThat(trace).doesNotContain("470123456").doesNotContain("612345678").doesNotContain("900123456").doesNotContain("evil");
    }

    private static String named(String name) {
        return Lines.CARRIER.replace("'carrier'", "'" + name + "'");
    }
}
