package dev.trunkline.sip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketMarkTest {
    private static final PacketMark CS3 = new PacketMark(24);

    @ParameterizedTest
    @EnumSource(value = StandardProtocolFamily.class, names = {"INET", "INET6"})
    void datagramsHaveTheCodePointInTheUpperBits(StandardProtocolFamily family) throws IOException {
        try (DatagramChannel marked = DatagramChannel.open(family); DatagramChannel unmarked = DatagramChannel.open(family)) {
            CS3.on(marked);
            PacketMark.NONE.on(unmarked);
            assertThat(marked.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0x60);
            assertThat(unmarked.getOption(StandardSocketOptions.IP_TOS)).isZero();
        }
    }

    @Test
    void connectionsHaveItFromEitherSide() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, loopback); Socket ours = new Socket()) {
            CS3.on(ours);
            ours.connect(server.getLocalSocketAddress());
            try (Socket taken = server.accept()) {
                CS3.on(taken);
                assertThat(ours.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0x60);
                assertThat(taken.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0x60);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64})
    void whatIsNoCodePointIsRefused(int dscp) {
        assertThatThrownBy(() -> new PacketMark(dscp)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 to 63");
    }
}
