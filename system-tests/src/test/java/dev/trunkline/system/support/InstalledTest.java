package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.LiveKitBinary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Installs the third-party programs that the system tests need while there is a network: the system tests may run in
 * one that has loopback alone.
 */
class InstalledTest {
    private static final Path MODULE = SuiteUnderTest.module();
    private static final Path TARGET = MODULE.resolve("target");
    private static final Path AGENTS = MODULE.resolveSibling("docs/agents");

    @ParameterizedTest
    @ValueSource(strings = {"system-tests/src/test/python", "docs/agents"})
    void pythonWithItsPackages(String programs) throws Exception {
        Python python = Python.prepare(MODULE.resolveSibling(programs), TARGET);

        assertThat(Command.exitCode(TARGET.resolve("python-livekit.log"), python.command(Path.of("-c"), "import livekit.rtc"))).isZero();
    }

    @Test
    void pjsip() throws Exception {
        Python python = PeerPhone.python(MODULE, TARGET);

        assertThat(Command.exitCode(TARGET.resolve("python-pjsip.log"), python.command(Path.of("-c"), "import pjsua2"))).isZero();
    }

    @Test
    void nodeWithItsPackages() throws Exception {
        Path folder = Node.prepare(AGENTS, TARGET.resolve("agents/node"));

        assertThat(folder.resolve("node_modules/@livekit/agents")).isDirectory();
    }

    @Test
    void sipp() throws Exception {
        Sipp.prepare(MODULE, "127.0.0.1:5060");

        assertThat(Command.exitCode(TARGET.resolve("sipp-version.log"), List.of("sipp", "-v"))).isIn(0, 99);
    }

    @Test
    void baresipAndLinphonec() throws Exception {
        PeerPhone.prepare(PeerPhone.Program.BARESIP, TARGET);
        PeerPhone.prepare(PeerPhone.Program.LINPHONE, TARGET);

        assertThat(Path.of("/usr/bin/baresip")).isExecutable();
        assertThat(Path.of("/usr/bin/linphonec")).isExecutable();
    }

    @Test
    void faketime() throws Exception {
        assertThat(Faketime.prepare(TARGET)).isReadable();
    }

    @Test
    void kamailio() throws Exception {
        assertThat(Kamailio.prepare(TARGET.resolve("kamailio"))).isExecutable();
    }

    @Test
    void dnsmasq() throws Exception {
        assertThat(Dnsmasq.prepare(TARGET.resolve("dnsmasq"))).isExecutable();
    }

    @Test
    void liveKit() throws Exception {
        assertThat(Files.isExecutable(LiveKitBinary.find(System.out::println))).isTrue();
    }
}
