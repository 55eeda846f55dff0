package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.caller.CallerLine;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.Party;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InviteReaderTest {
    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(new byte[32]);
    private static final SealedCallers SEALS = new SealedCallers(new Sealer(new byte[32], new SecureRandom()));
    private static final SealedHeads HEADS = new SealedHeads(new Sealer(new byte[32], new SecureRandom()));
    private static final InviteReader READER = new InviteReader(
            "edge-1", Duration.ofSeconds(2), PSEUDONYMS, SEALS, HEADS, Clock.systemUTC(),
            () -> UUID.fromString("01900000-0000-7000-8000-000000000001"), false);
    private static final Party ANNA = Requests.from("0475112233", "pbx", "Anna");

    private static InviteReceived read(Trunk trunk, Party from, Map<String, List<String>> headers) {
        return READER.read(Requests.invite(from, headers, List.of()), trunk, "tag", Duration.ZERO).invite();
    }

    private static Trunk trunk(List<String> calledFrom, List<String> callerFrom) {
        return new Trunk("t1", "demo", List.of(), Optional.of("BE"), List.of(), List.of(), List.of("9"), calledFrom,
                callerFrom);
    }

    private static CallerSecrets opened(InviteReceived invite) {
        return SEALS.open(invite.callId(), invite.sealed());
    }

    @Test
    void saysNothingOfTheUsualPlaces() {
        InviteReceived invite = read(trunk(List.of(), List.of()), ANNA, Map.of());
        assertThat(invite.numbersFrom()).isEmpty();
        assertThat(invite.caller()).isEqualTo(PSEUDONYMS.ofNumber("+32475112233"));
        assertThat(opened(invite).number()).isEqualTo("+32475112233");
    }

    @Test
    void saysWhereElseTheNumbersWereRead() {
        var headers = Map.of(
                "diversion", List.of("<sip:9025550111@pbx>"),
                "p-asserted-identity", List.of("<tel:470000000;phone-context=+32>"));
        InviteReceived invite = read(trunk(List.of("diversion"), List.of()), ANNA, headers);
        assertThat(invite.numbersFrom()).contains(new NumbersFrom("diversion", "p-asserted-identity"));
        assertThat(invite.called()).isEqualTo("+3225550111");
        assertThat(invite.calledAsReceived()).isEqualTo("9025550111");
        assertThat(invite.caller()).isEqualTo(PSEUDONYMS.ofNumber("+32470000000"));
    }

    @Test
    void tellsNobodyOfAHiddenCaller() throws Exception {
        var headers = Map.of(
                "privacy", List.of("id"),
                "p-asserted-identity", List.of("\"Anna\" <sip:+32470000000@carrier>"),
                "x-cli", List.of("+32470000000"));
        InviteReceived invite = READER.read(
                        Requests.invite("call-32470000000-1@host",
                                Requests.from("anonymous", "anonymous.invalid", "Anonymous"), headers),
                        trunk(List.of(), List.of()), "tag", Duration.ZERO)
                .invite();
        assertThat(invite.caller()).isEqualTo(PSEUDONYMS.anonymousOf("t1"));
        assertThat(invite.numbersFrom()).contains(new NumbersFrom("request-uri", "anonymous"));
        assertThat(EventJson.MAPPER.writeValueAsString(invite)).doesNotContain("470000000");
        // The details that the room may receive.
        CallerSecrets secrets = opened(invite);
        assertThat(EventJson.MAPPER.writeValueAsString(secrets)).doesNotContain("470000000").doesNotContain("Anna");
    }

    @Test
    void masksTheCallIdOfEveryIdentity() {
        var headers = Map.of(
                "p-asserted-identity", List.of("<sip:+32470123456@carrier>"),
                "remote-party-id", List.of("<sip:+32486987654@carrier>"));
        InviteReceived invite = READER.read(
                        Requests.invite("0470123456-0486987654-0475112233", ANNA, headers),
                        trunk(List.of(), List.of("from")), "tag", Duration.ZERO)
                .invite();
        assertThat(invite.sipCallId()).isEqualTo("0*********-0*********-**********");
    }

    @Test
    void itsTimeRunsFromWhenItCame() {
        Instant now = Instant.parse("2026-01-01T10:00:00Z");
        var reader = new InviteReader("edge-1", Duration.ofSeconds(2), PSEUDONYMS, SEALS, HEADS,
                Clock.fixed(now, ZoneOffset.UTC), UUID::randomUUID, false);
        InviteReceived invite = reader.read(
                        Requests.invite(ANNA, Map.of(), List.of()), trunk(List.of(), List.of()), "tag",
                        Duration.ofMillis(1_500))
                .invite();
        assertThat(invite.receivedAt()).isEqualTo(now.minusMillis(1_500));
        assertThat(invite.deadline()).isEqualTo(now.plusMillis(500));
    }

    @Test
    void whoCannotBeACallerIsNotPassedOn() {
        for (String user : List.of("1".repeat(3_000), "anna%00", "anna%1b", "anna%7F")) {
            Party from = Requests.from(user, "pbx", "Anna");
            assertThat(CallerLine.fits(Requests.invite(from, Map.of(), List.of()))).as(user).isFalse();
            InviteReceived invite = read(trunk(List.of(), List.of()), from, Map.of());
            assertThat(opened(invite).number()).isEmpty();
            assertThat(opened(invite).displayName()).isEmpty();
        }
        assertThat(CallerLine.fits(Requests.invite(ANNA, Map.of(), List.of()))).isTrue();
    }

    @Test
    void whatIsShownOfACallerIsCleanAndShort() {
        Party from = Requests.from("0475112233", "pbx", "\"An\u0000na\u001b[31m " + "x".repeat(500) + "\"");
        InviteReceived invite = read(trunk(List.of(), List.of()), from,
                Map.of("user-agent", List.of("phone\u0000\u001b[2J\u0007 1"), "x-long", List.of("y".repeat(8_000))));
        assertThat(opened(invite).displayName()).startsWith("Anna[31m xx").hasSize(128);
        assertThat(opened(invite).headers()).containsEntry("user-agent", "phone[2J 1");
        assertThat(opened(invite).headers().get("x-long")).hasSize(4_096);
    }

    @Test
    void readsExpires() {
        for (var said : Map.of("0", 0, " 30 ", 30, "86400", 86_400).entrySet()) {
            var facts = READER.read(Requests.invite(ANNA, Map.of("expires", List.of(said.getKey())), List.of()),
                    trunk(List.of(), List.of()), "tag", Duration.ZERO);
            assertThat(facts.expires()).contains(facts.invite().receivedAt().plusSeconds(said.getValue()));
        }
        for (String absurd : List.of("", "-1", "soon", "4294967295", "99999999999999", "86401")) {
            assertThat(READER.read(Requests.invite(ANNA, Map.of("expires", List.of(absurd)), List.of()),
                    trunk(List.of(), List.of()), "tag", Duration.ZERO).expires()).as(absurd).isEmpty();
        }
    }

    @Test
    void aTrialCallIsOneWhereTheTrunkMaySaySoAlone() {
        var said = Map.of("x-trunkline-trial", List.of(" 1 "));
        assertThat(read(trunk(Optional.of(true)), ANNA, said).purpose()).contains(CallPurpose.TRIAL);
        assertThat(read(trunk(Optional.of(true)), ANNA, Map.of()).purpose()).isEmpty();
        assertThat(read(trunk(Optional.of(true)), ANNA, Map.of("x-trunkline-trial", List.of("0"))).purpose()).isEmpty();
        assertThat(read(trunk(Optional.of(false)), ANNA, said).purpose()).isEmpty();
        assertThat(read(trunk(Optional.empty()), ANNA, said).purpose()).isEmpty();
    }

    private static Trunk trunk(Optional<Boolean> trialCalls) {
        return new Trunk("t1", "demo", List.of(), Optional.of("BE"), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), trialCalls);
    }
}
