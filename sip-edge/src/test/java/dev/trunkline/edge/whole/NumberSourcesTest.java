package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in the headers in which trunks put them, through the real parser. */
class NumberSourcesTest extends WithEdge {
    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(RunningEdge.PSEUDONYM_KEY);

    private UdpPhone forwarder;

    @BeforeAll
    void openForwarder() throws Exception {
        suite.trunk(new Trunk("t3", "forwarding", List.of("127.0.0.30/32"), Optional.of("DE"), List.of(), List.of(),
                List.of(), List.of("diversion", "history-info"), List.of()));
        forwarder = new UdpPhone("127.0.0.30", SIP);
        Optional<Message> answer = Optional.empty();
        for (int i = 0; i < 100 && answer.isEmpty(); i++) {
            forwarder.leg().send("OPTIONS", "", "");
            answer = forwarder.receive(Duration.ofMillis(200));
        }
        assertThat(answer).as("the new trunk is known").isPresent();
    }

    @AfterAll
    void closeForwarder() {
        forwarder.close();
    }

    private InviteReceived received(UdpPhone from, String headers) throws Exception {
        UdpPhone.Leg leg = from.leg().invite(headers, UdpPhone.SDP);
        Envelope envelope = suite.awaitInvite(leg);
        var invite = (InviteReceived) envelope.record();
        suite.say(envelope, CallRejected.of(invite, RefusalReason.NUMBER_UNKNOWN, OptionalInt.empty(), "call-router",
                Optional.empty(), List.of()));
        leg.ackRefusal(leg.await(404));
        return invite;
    }

    private static CallerSecrets opened(InviteReceived invite) {
        return new SealedCallers(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()))
                .open(invite.callId(), invite.sealed());
    }

    @Test
    void readsTheAssertedIdentity() throws Exception {
        InviteReceived invite = received(
                phone, "P-Asserted-Identity: \"Bob\" <sip:bob@carrier.example>, <tel:+32470123456>\r\n");
        assertThat(invite.caller()).isEqualTo(PSEUDONYMS.ofNumber("+32470123456"));
        assertThat(invite.numbersFrom()).contains(new NumbersFrom("request-uri", "p-asserted-identity"));
        assertThat(opened(invite).number()).isEqualTo("+32470123456");
    }

    @Test
    void readsTheRemoteParty() throws Exception {
        InviteReceived invite = received(
                phone, "Remote-Party-ID: \"Bob\" <sip:0470123456@pbx>;party=calling;screen=yes;privacy=off\r\n");
        assertThat(invite.caller()).isEqualTo(PSEUDONYMS.ofNumber("+32470123456"));
        assertThat(invite.numbersFrom()).contains(new NumbersFrom("request-uri", "remote-party-id"));
    }

    @Test
    void hidesWhoAskedForIt() throws Exception {
        InviteReceived invite = received(
                phone, "P-Asserted-Identity: <tel:+32470123456>\r\nPrivacy: id;critical\r\nX-Cli: 0470123456\r\n");
        assertThat(invite.caller()).isEqualTo(PSEUDONYMS.anonymousOf("t1"));
        assertThat(invite.numbersFrom()).contains(new NumbersFrom("request-uri", "anonymous"));
        CallerSecrets secrets = opened(invite);
        assertThat(secrets.number() + secrets.displayName()).isEmpty();
        assertThat(secrets.sipCallId()).doesNotContain("475112233");
        assertThat(secrets.headers()).containsOnlyKeys("privacy");
        assertThat(suite.raw).noneMatch(record -> record.contains("470123456"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "P-Asserted-Identity: <\r\n",
        "P-Asserted-Identity: ;;;\r\n",
        "P-Asserted-Identity: \"Bob <sip:+32470123456@x>\r\n",
        "P-Asserted-Identity: <mailto:bob@example.org>\r\n",
        "Remote-Party-ID: <<<sip:>>;;party\r\n",
        "Privacy: ;;,\r\n",
        "Diversion: \"\r\nHistory-Info: ;index=\r\n",
    })
    void passesOverBrokenHeaders(String headers) throws Exception {
        assertThat(received(phone, headers).caller()).isEqualTo(PSEUDONYMS.ofNumber(UdpPhone.CALLER));
    }

    @Test
    void readsTheNumberThatWasDialledFirst() throws Exception {
        InviteReceived diverted = received(forwarder,
                "Diversion: <sip:091874350399@pbx>;reason=no-answer\r\n"
                        + "Diversion: \"Desk\" <sip:091874350352@pbx>;reason=unconditional\r\n");
        assertThat(diverted.called()).isEqualTo("+4991874350352");
        assertThat(diverted.calledAsReceived()).isEqualTo("091874350352");
        assertThat(diverted.numbersFrom()).contains(new NumbersFrom("diversion", "from"));
        InviteReceived history = received(forwarder,
                "History-Info: <sip:+4991874350352@pbx?Reason=SIP%3Bcause%3D302>;index=1,"
                        + " <sip:+4991874350399@pbx>;index=1.1;mp=1\r\n");
        assertThat(history.called()).isEqualTo("+4991874350352");
        assertThat(history.numbersFrom()).contains(new NumbersFrom("history-info", "from"));
        InviteReceived direct = received(forwarder, "");
        assertThat(direct.called()).isEqualTo("+3225550100");
        assertThat(direct.numbersFrom()).isEmpty();
    }
}
