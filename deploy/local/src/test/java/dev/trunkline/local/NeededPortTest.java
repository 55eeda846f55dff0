package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.local.NeededPort.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeededPortTest {
    private final List<Process> hogs = new ArrayList<>();

    @AfterEach
    void end() {
        hogs.forEach(Process::destroyForcibly);
    }

    private Process hog(Transport transport) throws IOException {
        Process hog = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-cp",
                System.getProperty("java.class.path"), PortHog.class.getName(), transport.name(), "--password=secret")
                .start();
        hogs.add(hog);
        return hog;
    }

    private static NeededPort port(Transport transport, int port, String what, String setting) {
        return new NeededPort(transport, "127.0.0.1", port, what, setting);
    }

    @Test
    void allThatAreTakenAreNamedAtOnceWithTheirProcessesAndWhatMovesThem() throws Exception {
        Process udp = hog(Transport.UDP);
        Process tcp = hog(Transport.TCP);
        int sip = Integer.parseInt(udp.inputReader().readLine());
        int http = Integer.parseInt(tcp.inputReader().readLine());
        assertThatThrownBy(() -> NeededPort.requireFree(List.of(
                        port(Transport.UDP, sip, "SIP", "TRUNKLINE_SIP_PORT"),
                        port(Transport.TCP, http, "sip-edge", "TRUNKLINE_HTTP_PORT"),
                        port(Transport.TCP, Ports.free(), "call-router", "TRUNKLINE_HTTP_PORT"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UDP %d (SIP) is taken by process %d, java %s: stop it, or set TRUNKLINE_SIP_PORT",
                        sip, udp.pid(), PortHog.class.getName())
                .hasMessageContaining("TCP %d (sip-edge) is taken by process %d, java %s: stop it, or set TRUNKLINE_HTTP_PORT",
                        http, tcp.pid(), PortHog.class.getName())
                .hasMessageNotContaining("call-router")
                .hasMessageNotContaining("secret");
    }

    @Test
    void freePortsAreNoComplaint() {
        assertThatCode(() -> NeededPort.requireFree(List.of(port(Transport.TCP, Ports.free(), "SIP", "TRUNKLINE_SIP_PORT"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aPortThatNobodyHasAndThatCannotBeOpenedHasAnotherReason() {
        assertThatThrownBy(() -> NeededPort.requireFree(List.of(
                        // An address that no machine has (RFC 1112 section 4).
                        new NeededPort(Transport.UDP, "240.0.0.1", Ports.free(), "SIP", "TRUNKLINE_SIP_PORT"))))
                .hasMessageContaining("cannot be opened at 240.0.0.1")
                .hasMessageContaining("TRUNKLINE_BIND to an address of this machine")
                .hasMessageNotContaining("is taken");
        assertThat(port(Transport.TCP, 7880, "livekit-server", "TRUNKLINE_LIVEKIT_PORT").complaint("Address already in use", Optional.of("a process")))
                .isEqualTo("TCP 7880 (livekit-server) is taken by a process: stop it, or set TRUNKLINE_LIVEKIT_PORT to another port:"
                        + " it and the one two above it must be free");
    }

    @Test
    void aSuiteNeedsItsPortsTogetherAndNoneThatAgentsTake() {
        List<NeededPort> needed = NeededPort.of(SuiteSettings.of(Path.of("root"), Path.of("state"), Map.of()));
        assertThat(needed).extracting(NeededPort::port).containsExactly(5060, 5060, 7880, 7882, 7580, 7581, 7582, 7583, 7584, 7585);
        assertThat(needed).extracting(NeededPort::port).noneMatch(port -> port >= 8080 && port < 8100);
    }

    @Test
    void aConnectionThatSomebodyHasFromThatPortIsNoListener() {
        List<String> table = List.of(
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "   0: 0100007F:1D9C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0",
                "   1: 0100007F:1D9C 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0 100 0 0 10 0",
                "   2: 0100007F:13C4 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0",
                "not a line");
        assertThat(PortHolder.sockets(table, port(Transport.TCP, 7580, "", ""))).isEqualTo(Set.of("111"));
        assertThat(PortHolder.sockets(table, port(Transport.UDP, 7580, "", ""))).isEqualTo(Set.of("111", "222"));
        assertThat(PortHolder.sockets(table, port(Transport.TCP, 1, "", ""))).isEmpty();
    }
}
