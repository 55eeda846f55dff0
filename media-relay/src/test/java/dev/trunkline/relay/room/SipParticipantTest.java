package dev.trunkline.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.DialExtras;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipParticipantTest {
    private static final String NUMBER = "+3225559999";
    private static final CallId CALL = new CallId(new UUID(0, 7));

    private static CallAdmitted admitted(Optional<ParticipantSettings> participant) {
        var invite = new InviteReceived(
                CALL, "edge-1", new TrunkRef("t1", "demo"), "id", "+3225550100", "+3225550100",
                new Caller("f00dcafe".repeat(8), false), "v1.x", "v=0", "127.0.0.1:5060", Instant.EPOCH, Instant.EPOCH);
        var limits = new Limits(
                new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        var route = new CallRouted.Builder(CALL, invite, new OrganisationRef("o1", "Demo"), "+3225550100", new RuleRef("r1", "rule"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(AnswerPolicy.ON_AGENT)
                .patienceSeconds(20)
                .participant(participant)
                .build();
        return new CallAdmitted(CALL, route, List.of(), 30);
    }

    private static Optional<ParticipantSettings> settings(boolean hideNumber, ObjectNode attributes) {
        return Optional.of(new ParticipantSettings("{\"vip\":true}", attributes, hideNumber));
    }

    private static ObjectNode none() {
        return EventJson.MAPPER.createObjectNode();
    }

    private static CallerSecrets caller(String number, Map<String, String> headers) {
        return new CallerSecrets(number, "Ann", "call@pbx", headers);
    }

    @Test
    void theHostAndTheTagOfTheCallerAreToldUnlessTheHostIsHiddenWithTheNumber() {
        var known = new CallerSecrets(
                NUMBER, "Ann", "call@pbx", Map.of(), Optional.empty(), Optional.empty(), Optional.of("pbx.example"), Optional.of("tag-1"));
        assertThat(SipParticipant.of(admitted(Optional.empty()), known).attributes())
                .containsEntry("sip.hostname", "pbx.example").containsEntry("sip.callTag", "tag-1");
        assertThat(SipParticipant.of(admitted(settings(true, none())), known).attributes())
                .doesNotContainKey("sip.hostname").containsEntry("sip.callTag", "tag-1");
    }

    @Test
    void noHeaderOfAnAnswerTellsANumberThatIsHidden() {
        var extras = new DialExtras("", "", false, DialExtras.ALL_HEADERS, Map.of("X-Who", "who", "X-Queue", "queue"));
        var answer = new AnswerSecrets("tag-2", Map.of("x-who", "sip:025559999@pbx", "x-queue", "7", "p-asserted-identity", "<sip:a@b>"));
        assertThat(AnswerAttributes.of(extras, caller(NUMBER, Map.of()), true).of(answer))
                .isEqualTo(Map.of("sip.callTag", "tag-2", "sip.h.x-queue", "7", "queue", "7"));
        assertThat(AnswerAttributes.of(extras, caller(NUMBER, Map.of()), false).of(answer))
                .containsEntry("who", "sip:025559999@pbx").containsEntry("sip.h.p-asserted-identity", "<sip:a@b>");
    }

    private static String everything(CallAdmitted admitted, CallerSecrets caller) {
        SipParticipant participant = SipParticipant.of(admitted, caller);
        return participant.identity() + participant.name() + participant.metadata() + participant.attributes()
                + RoomMetadata.of(admitted, caller);
    }

    @Test
    void withoutARuleThatSaysOtherwiseTheNumbersAreThere() {
        CallerSecrets caller = caller(NUMBER, Map.of("X-Account", "42"));
        SipParticipant participant = SipParticipant.of(admitted(Optional.empty()), caller);
        assertThat(participant.identity()).isEqualTo("sip_" + NUMBER);
        assertThat(participant.name()).isEqualTo("Phone " + NUMBER);
        assertThat(participant.metadata()).isEmpty();
        assertThat(participant.attributes())
                .containsEntry("sip.phoneNumber", NUMBER)
                .containsEntry("sip.trunkPhoneNumber", "+3225550100")
                .containsEntry("sip.h.x-account", "42");
        assertThat(SipParticipant.of(admitted(settings(false, none())), caller).attributes())
                .isEqualTo(participant.attributes());
        assertThat(RoomMetadata.of(admitted(Optional.empty()), caller)).contains("\"caller\":\"" + NUMBER + "\"");
    }

    @Test
    void theRulesMetadataAndAttributesAreTheParticipants() {
        SipParticipant participant = SipParticipant.of(
                admitted(settings(false, none().put("team", "orders").put("level", 3))), caller(NUMBER, Map.of()));
        assertThat(participant.metadata()).isEqualTo("{\"vip\":true}");
        assertThat(participant.attributes()).containsEntry("team", "orders").containsEntry("level", "3");
    }

    @Test
    void aRuleDoesNotChangeWhatTheSystemSays() {
        SipParticipant participant = SipParticipant.of(
                admitted(settings(false, none().put("sip.phoneNumber", "+1").put("sip.callStatus", "active")
                        .put("trunkline.callId", "x").put("sip.mine", "kept"))),
                caller(NUMBER, Map.of()));
        assertThat(participant.attributes())
                .containsEntry("sip.phoneNumber", NUMBER)
                .containsEntry("sip.callStatus", "ringing")
                .containsEntry("trunkline.callId", CALL.toString())
                .containsEntry("sip.mine", "kept");
    }

    @Test
    void aTrunkAndARuleThatCameFromLiveKitHaveTheIdsThatItGaveThem() {
        var settings = new ParticipantSettings("", none(), false, Optional.empty(), Optional.of("ST_1"), Optional.of("SDR_1"), Optional.empty());
        assertThat(SipParticipant.of(admitted(Optional.of(settings)), caller(NUMBER, Map.of())).attributes())
                .containsEntry("sip.trunkID", "ST_1")
                .containsEntry("sip.ruleID", "SDR_1");
    }

    @Test
    void carriersIdsHaveTheNamesThatLivekitSipGivesThem() {
        SipParticipant participant = SipParticipant.of(
                admitted(Optional.empty()), caller(NUMBER, Map.of("x-twilio-callsid", "CA1", "X-Twilio-AccountSid", "AC1", "x-call_leg_id", "L1")));
        assertThat(participant.attributes())
                .containsEntry("sip.twilio.callSid", "CA1")
                .containsEntry("sip.twilio.accountSid", "AC1")
                .containsEntry("sip.telnyx.callLegID", "L1")
                .containsEntry("sip.h.x-twilio-callsid", "CA1");
    }

    @Test
    void aHiddenNumberIsNowhere() {
        CallerSecrets caller = caller(NUMBER, Map.of(
                "P-Asserted-Identity", "<sip:02-555.99.99@pbx>", "X-Ani", "0032 2 555 99 99", "X-Account", "42"));
        CallAdmitted admitted = admitted(settings(true, none()));
        SipParticipant participant = SipParticipant.of(admitted, caller);
        assertThat(participant.identity()).isEqualTo("sip_f00dcafef00dcafe");
        assertThat(participant.name()).isEqualTo("Phone 9999");
        assertThat(participant.attributes())
                .doesNotContainKeys("sip.phoneNumber", "sip.trunkPhoneNumber", "sip.h.p-asserted-identity", "sip.h.x-ani")
                .containsEntry("sip.h.x-account", "42");
        assertThat(everything(admitted, caller)).doesNotContain(NUMBER, "25559999", "555 99 99");
        assertThat(RoomMetadata.of(admitted, caller)).contains("\"caller\":\"\"");
    }

    @ParameterizedTest
    @CsvSource({"1000, Phone 0", "5550100, Phone 0", "25550100, Phone 0100"})
    void ofAShortNumberOneDigitIsShown(String number, String name) {
        assertThat(SipParticipant.of(admitted(settings(true, none())), caller(number, Map.of())).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnonymousCallerStaysOne(boolean hideNumber) {
        SipParticipant participant =
                SipParticipant.of(admitted(settings(hideNumber, none())), caller("", Map.of("x-a", "1")));
        assertThat(participant.identity()).startsWith("sip_anonymous_");
        assertThat(participant.name()).isEqualTo("Phone anonymous");
        assertThat(participant.attributes()).containsEntry("sip.h.x-a", "1");
    }

    @Test
    void noCallerIsTooLongForLiveKit() {
        SipParticipant participant = SipParticipant.of(
                admitted(Optional.empty()), caller("9".repeat(3_000), Map.of("x".repeat(3_000), "v".repeat(70_000))));
        assertThat(participant.identity()).startsWith("sip_999").hasSizeLessThanOrEqualTo(RoomText.MOST_IDENTITY);
        assertThat(participant.name()).startsWith("Phone 999").hasSizeLessThanOrEqualTo(RoomText.MOST_NAME);
        assertThat(participant.attributes().values()).allMatch(value -> value.length() <= RoomText.MOST_VALUE);
        assertThat(participant.attributes().keySet()).allMatch(key -> key.length() <= RoomText.MOST_KEY);
        assertThat(RoomMetadata.of(admitted(Optional.empty()), caller("9".repeat(100_000), Map.of())))
                .hasSizeLessThan(RoomText.MOST_METADATA);
    }

    @Test
    void noControlCharacterOfACallerReachesTheRoom() {
        CallerSecrets caller = caller("+32\u0000470\u001b[2J", Map.of("X-\u0000Name", "\u001b]0;title\u0007", "X-A", "a\r\nb"));
        String said = everything(admitted(Optional.empty()), caller);
        assertThat(said.chars().filter(Character::isISOControl).count()).isZero();
        assertThat(SipParticipant.of(admitted(Optional.empty()), caller).attributes()).containsEntry("sip.h.x-a", "a??b");
    }

    @Test
    void metadataThatLiveKitWouldNotTakeIsLeftOut() {
        var settings = new ParticipantSettings("m".repeat(70_000), none(), false);
        assertThat(SipParticipant.of(admitted(Optional.of(settings)), caller(NUMBER, Map.of())).metadata()).isEmpty();
    }

    private static CallAdmitted goingOut(Optional<ParticipantSettings> participant, DialPurpose purpose) {
        CallAdmitted in = admitted(participant);
        var leg = new OutgoingLeg(
                purpose, Optional.of(new CallId(new UUID(0, 8))), Optional.of("t-1"), "v1.target", 30, OptionalInt.empty(), List.of(),
                SrtpUse.OFF, false, false, Optional.empty(), Optional.empty());
        return new CallAdmitted(CALL, in.route().goingOut(leg), List.of(), 30);
    }

    @Test
    void whoIsCalledIsAParticipantAsLivekitSipHasOne() {
        CallAdmitted admitted = goingOut(Optional.empty(), DialPurpose.TRANSFER);
        CallerSecrets callee = caller(NUMBER, Map.of());
        SipParticipant participant = SipParticipant.of(admitted, callee);
        assertThat(participant.identity()).isEqualTo("sip_" + NUMBER);
        assertThat(participant.attributes())
                .containsEntry("sip.callStatus", "dialing")
                .containsEntry("sip.phoneNumber", NUMBER)
                .containsEntry("sip.trunkPhoneNumber", "+3225550100")
                .containsEntry("sip.trunkID", "t1")
                .containsEntry("sip.callIDFull", "call@pbx")
                .containsEntry("trunkline.direction", "outbound")
                .containsEntry("trunkline.parent", new CallId(new UUID(0, 8)).toString())
                .containsEntry("trunkline.callId", CALL.toString())
                .containsKey("sip.callID")
                .doesNotContainKey("sip.ruleID");
        assertThat(RoomMetadata.of(admitted, callee)).contains(
                "\"called\":\"" + NUMBER + "\"", "\"caller\":\"+3225550100\"", "\"direction\":\"outbound\"");
    }

    @Test
    void aHiddenNumberThatIsCalledIsNowhere() {
        CallAdmitted admitted = goingOut(settings(true, none()), DialPurpose.DIAL);
        CallerSecrets callee = caller(NUMBER, Map.of());
        assertThat(everything(admitted, callee)).doesNotContain(NUMBER, "25559999");
        assertThat(SipParticipant.of(admitted, callee).attributes())
                .doesNotContainKeys("sip.phoneNumber", "sip.trunkPhoneNumber").containsEntry("sip.callStatus", "dialing");
        assertThat(RoomMetadata.of(admitted, callee)).contains("\"called\":\"\"");
    }

    @Test
    void whoIsCalledForLiveKitHasTheNamesAndIdsThatWereChosen() {
        var settings = new ParticipantSettings("", none(), false, Optional.of("SCL_a1B2c3D4e5F6"), Optional.of("ST_a1B2c3D4e5F6"));
        var callee = new CallerSecrets(NUMBER, "", "call@pbx", Map.of(), Optional.of("anna smith"), Optional.of("Anna\nSmith"));
        SipParticipant participant = SipParticipant.of(goingOut(Optional.of(settings), DialPurpose.DIAL), callee);
        assertThat(participant.identity()).isEqualTo("anna_smith");
        assertThat(participant.name()).isEqualTo("Anna?Smith");
        assertThat(participant.attributes())
                .containsEntry("sip.callID", "SCL_a1B2c3D4e5F6").containsEntry("sip.trunkID", "ST_a1B2c3D4e5F6");
    }
}
