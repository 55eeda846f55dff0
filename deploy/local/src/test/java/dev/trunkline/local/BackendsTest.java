package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.Topics;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the real stores starts, answers, stops, and starts again with what it had. */
class BackendsTest {
    @TempDir
    Path folder;

    @Test
    void kafkaKeepsItsTopics() throws Exception {
        int port = Ports.free();
        for (int start = 0; start < 2; start++) {
            try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"), port)) {
                KafkaAddress address = KafkaAddress.of(broker.bootstrapServers());
                if (start == 0) {
                    TopicSetup.ensure(address, 3, (short) 1);
                }
                try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                    assertThat(admin.listTopics().names().get())
                            .contains(Topics.EVENTS, Topics.COMMANDS, Topics.TRUNKS, Topics.RELAYS, Topics.DEAD_LETTERS);
                }
            }
        }
    }

    @Test
    void redisListensOnLoopbackAndAnswersWhoHasItsPassword() throws Exception {
        int port = Ports.free();
        String password = Passwords.make(new SecureRandom());
        try (RedisServer server = RedisServer.start(port, password)) {
            assertThat(server.url()).isEqualTo("redis://:" + password + "@127.0.0.1:" + port);
            assertThat(Ports.isFreeTcp("127.0.0.1", port)).isFalse();
            assertThat(say(port, "PING")).startsWith("-NOAUTH");
            assertThat(say(port, "CONFIG GET requirepass")).startsWith("-NOAUTH");
            assertThat(say(port, "AUTH " + "x".repeat(password.length()))).startsWith("-WRONGPASS");
            assertThat(say(port, "AUTH " + password)).isEqualTo("+OK");
        }
        assertThat(Ports.isFreeTcp("127.0.0.1", port)).isTrue();
    }

    @Test
    void redisDoesNotStartOnAPortThatIsTakenAndSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RedisServer.start(taken.getLocalPort(), Passwords.make(new SecureRandom())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void noPartHasItsPasswordInAnArgument() throws Exception {
        String password = Passwords.make(new SecureRandom());
        LiveKitSettings settings = new LiveKitSettings(Ports.free(), "APIkey", password);
        try (RedisServer redis = RedisServer.start(Ports.free(), password);
                LiveKitServer server = LiveKitServer.start(LiveKitBinary.find(line -> {}), folder.resolve("livekit"), settings)) {
            assertThat(redis.port()).isNotEqualTo(server.settings().port());
            for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
                assertThat(commandLine(process.pid())).doesNotContain(password);
            }
        }
        assertThat(folder.resolve("livekit/livekit.yaml")).content().contains(password);
        assertThat(OpenFiles.below(folder)).isEmpty();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException e) {
            // The process has ended.
            return "";
        }
    }

    private static String say(int port, String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        }
    }

    @Test
    void liveKitAnswersOnceStarted() throws Exception {
        LiveKitSettings settings = new LiveKitSettings(Ports.free(), "key", Passwords.make(new SecureRandom()), List.of("audio/opus"));
        try (LiveKitServer server = LiveKitServer.start(LiveKitBinary.find(line -> {}), folder.resolve("livekit"), settings)) {
            assertThat(Ports.isFreeTcp("127.0.0.1", settings.port())).isFalse();
            assertThat(server.settings().url()).hasPort(settings.port());
        }
        assertThat(Ports.isFreeTcp("127.0.0.1", settings.port())).isTrue();
    }
}
