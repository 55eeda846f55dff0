package dev.trunkline.edge.trunks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.auth.ManualClock;
import dev.trunkline.events.Trunk;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoormanTest {
    private static final String HOME = "10.0.0.1";
    private static final InetAddress AWAY = InetAddress.ofLiteral("198.51.100.7");
    private static final String INVITE = "INVITE sip:1@edge SIP/2.0\r\nVia: x\r\n";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final ManualClock clock = new ManualClock();
    private final List<DropReason> dropped = new ArrayList<>();
    private final FirstLook look = new FirstLook(List.of("friendly-scanner", " SIPVicious", ""));
    private final Trunk home = new Trunk("home", "home", List.of(HOME), Optional.empty(), List.of());
    private final Trunk roaming = With.users(new Trunk("r", "r", List.of(), Optional.empty(), List.of()), "v1.x");
    private final Doorman doorman = doorman(home, roaming);

    private Doorman doorman(Trunk... trunks) {
        var table = new TrunkTable(List.of(trunks).stream().map(KnownTrunk::of).toList(), Map.of());
        return new Doorman(() -> table, look, new StrangerRate(nanos::get, 42, 4, 100), clock, dropped::add);
    }

    private boolean lets(Doorman doorman, InetAddress source, String text) {
        byte[] padded = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
        return doorman.lets(source, padded, 2, padded.length - 4);
    }

    @Test
    void addressesOfTrunksSendWhatTheyPlease() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(lets(doorman, InetAddress.ofLiteral(HOME), "anything")).isTrue();
        }
        assertThat(doorman.lets(InetAddress.ofLiteral(HOME))).isTrue();
        assertThat(dropped).isEmpty();
    }

    @Test
    void strangersAreNotLookedAtWithoutATrunkOfCredentialsAlone() {
        Doorman closed = doorman(home);
        assertThat(lets(closed, AWAY, INVITE)).isFalse();
        assertThat(closed.lets(AWAY)).isFalse();
        assertThat(dropped).containsExactly(DropReason.UNKNOWN_SOURCE, DropReason.UNKNOWN_SOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE sip:a", "ACK sip:a", "CANCEL sip:a", "BYE sip:a", "OPTIONS sip:a", "REGISTER sip:a", "SIP/2.0 200 OK"})
    void strangersMaySay(String beginning) {
        assertThat(lets(doorman, AWAY, beginning)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "INFO sip:a", "SUBSCRIBE sip:a", "MESSAGE sip:a", "invite sip:a", "INVITE", "INVITEx sip:a",
        "GET / HTTP/1.1", "\u0000\u0001", "REFER sip:a"})
    void strangersMayNotSay(String beginning) {
        assertThat(lets(doorman, AWAY, beginning)).isFalse();
        assertThat(dropped).containsExactly(DropReason.STRANGERS_METHOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"User-Agent: friendly-scanner\r\n", "user-agent:FRIENDLY-Scanner/1.0\r\n", "USER-AGENT : my sipvicious\r\n\r\n",
        "From: x\nUser-Agent: friendly-scanner"})
    void scannersGiveThemselvesAway(String header) {
        assertThat(lets(doorman, AWAY, INVITE + header)).isFalse();
        assertThat(dropped).containsExactly(DropReason.SCANNER);
        assertThat(lets(doorman, InetAddress.ofLiteral(HOME), INVITE + header)).as("a trunk may test itself").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"User-Agent: Yeastar P550\r\n", "X-Note: friendly-scanner\r\n", "\r\nUser-Agent: friendly-scanner\r\n",
        "User-Agent: friendly\r\nX: -scanner\r\n", "User-Agent:"})
    void othersDoNot(String headers) {
        assertThat(lets(doorman, AWAY, INVITE + headers)).isTrue();
    }

    @Test
    void strangersMaySendLittle() {
        int taken = 0;
        for (int i = 0; i < 50; i++) {
            taken += lets(doorman, AWAY, INVITE) ? 1 : 0;
        }
        assertThat(taken).as("two seconds' worth at once").isEqualTo(8);
        assertThat(dropped).hasSize(42).containsOnly(DropReason.STRANGERS_RATE);
        assertThat(lets(doorman, InetAddress.ofLiteral("198.51.100.8"), INVITE)).as("another address").isTrue();
        nanos.addAndGet(250_000_000);
        assertThat(lets(doorman, AWAY, INVITE)).as("a quarter of a second later").isTrue();
        assertThat(lets(doorman, AWAY, INVITE)).isFalse();
    }

    @Test
    void anIpv6NetworkIsOneStranger() {
        int taken = 0;
        for (int i = 0; i < 50; i++) {
            taken += lets(doorman, InetAddress.ofLiteral("2001:db8:1:2::" + Integer.toHexString(i)), INVITE) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(8);
        assertThat(lets(doorman, InetAddress.ofLiteral("2001:db8:1:3::1"), INVITE)).isTrue();
    }

    @Test
    void madeUpAddressesSendNoMoreTogetherThanIsSet() {
        int taken = 0;
        for (int i = 0; i < 60_000; i++) {
            taken += lets(doorman, InetAddress.ofLiteral("203." + i / 65_025 + "." + i / 255 % 255 + "." + i % 255), INVITE) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(200);
    }

    @Test
    void nothingAtAllIsNoRate() {
        assertThatThrownBy(() -> new StrangerRate(nanos::get, 1, 0, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TRUNKLINE_SIP_STRANGERS_PER_SOURCE");
    }

    @Test
    void scannersUseUpNothing() {
        for (int i = 0; i < 1_000; i++) {
            lets(doorman, AWAY, INVITE + "User-Agent: sipvicious\r\n");
        }
        assertThat(lets(doorman, AWAY, INVITE)).isTrue();
    }

    @Test
    void whoHasProvenHimselfIsNotCountedForAnHour() {
        doorman.prove(AWAY);
        for (int i = 0; i < 100; i++) {
            assertThat(lets(doorman, AWAY, "INFO sip:a@b SIP/2.0\r\n")).isTrue();
        }
        clock.pass(Duration.ofHours(1));
        assertThat(lets(doorman, AWAY, "INFO sip:a@b SIP/2.0\r\n")).isFalse();
    }

    private static SipRequest request(String method, SipTransportKind transport, String userAgent) {
        return Requests.request(method, "sip:edge", Requests.from("a", "b", ""), Map.of("user-agent", List.of(userAgent)),
                new PacketSource(AWAY, 5060, transport));
    }

    @Test
    void whatComesByAConnectionIsLookedAtAfterItIsParsed() {
        assertThat(doorman.lets(request("INVITE", SipTransportKind.TCP, "PBX"))).isTrue();
        assertThat(doorman.lets(request("INVITE", SipTransportKind.TLS, "a Friendly-Scanner"))).isFalse();
        assertThat(doorman.lets(request("SUBSCRIBE", SipTransportKind.TCP, "PBX"))).isFalse();
        assertThat(doorman.lets(request("SUBSCRIBE", SipTransportKind.UDP, "PBX"))).as("it was looked at").isTrue();
        assertThat(dropped).containsExactly(DropReason.SCANNER, DropReason.STRANGERS_METHOD);
        for (int i = 0; i < 20; i++) {
            doorman.lets(request("INVITE", SipTransportKind.TCP, "PBX"));
        }
        assertThat(dropped).contains(DropReason.STRANGERS_RATE);
    }

    @Test
    void placesAreKeptForTrunksAndForWhoHasProvenWhoHeIs() {
        assertThat(doorman.knows(InetAddress.ofLiteral(HOME))).isTrue();
        assertThat(doorman.knows(AWAY)).isFalse();
        doorman.prove(AWAY);
        assertThat(doorman.knows(AWAY)).isTrue();
        clock.pass(Duration.ofHours(2));
        assertThat(doorman.knows(AWAY)).isFalse();
    }
}
