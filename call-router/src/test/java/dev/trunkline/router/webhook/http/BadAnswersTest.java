package dev.trunkline.router.webhook.http;

import static dev.trunkline.router.webhook.http.TenantServer.head;
import static dev.trunkline.router.webhook.http.TenantServer.json;
import static dev.trunkline.router.webhook.http.TenantServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
/** Servers whose answers are unusable, and addresses that may not be requested. */
class BadAnswersTest extends Asking {

    @Test
    void takesNoHugeAnswer() throws Exception {
        server.behave((request, socket) -> {
            write(socket, head("200 OK", 100_000_000));
            for (int i = 0; i < 100_000; i++) {
                write(socket, " ".repeat(1_000));
            }
        });

        assertThat(failure(url())).startsWith("its answer is longer than 65536 bytes");
        assertThat(server.requests()).hasSize(1);
        assertThat(outcomes("too-large")).isOne();
    }

    @Test
    void tellsWhatIsWrongWithAnAnswer() throws Exception {
        server.behave(json("[{\"verb\":\"dial\",\"target\":[{\"type\":\"sip\"}]}]"));

        assertThat(failure(url())).startsWith("its answer is unusable: [0].target[0] has no sipUri");
        assertThat(outcomes("unusable")).isOne();
    }

    @Test
    void survivesAServerThatCloses() throws Exception {
        server.behave((request, socket) -> socket.close());

        assertThat(failure(url())).startsWith("the connection broke before the answer was complete");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void survivesAnAnswerThatIsCutOff() throws Exception {
        server.behave((request, socket) -> {
            write(socket, head("200 OK", 100) + "{\"room\":");
            socket.close();
        });

        assertThat(failure(url())).startsWith("the connection broke before the answer was complete");
    }

    @Test
    void survivesWhatIsNoHttp() throws Exception {
        server.behave((request, socket) -> {
            write(socket, "SSH-2.0-OpenSSH_9.9\r\n\r\n");
            socket.close();
        });

        assertThat(ask(url())).isInstanceOf(Failed.class);
        assertThat(outcomes("broken")).isOne();
    }

    @Test
    void tellsThatNobodyListens() throws Exception {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(failure("http://shop.test:" + port + "/")).startsWith("it cannot be reached");
        assertThat(failure("http://nowhere.test/")).startsWith("its host is unknown");
        assertThat(outcomes("unreachable")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://inside.test/", "http://10.0.0.7/", "http://[::1]/", "http://[::ffff:10.0.0.7]/", "http://[fe80::1]/",
        "http://127.0.0.2/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/", "http://[fd00::1]/"
    })
    void reachesNoPrivateAddress(String url) throws Exception {
        assertThat(failure(url)).startsWith("its host resolves to ").contains("TRUNKLINE_WEBHOOK_ALLOW_NETWORKS");
        assertThat(outcomes("address-refused")).isOne();
    }

    @Test
    void reachesThisMachineOnlyIfASettingSaysSo() throws Exception {
        client.close();
        client = client(new Terms(Duration.ofSeconds(10), 1_000, List.of()));

        assertThat(failure(url())).startsWith("its host resolves to this machine");
        assertThat(server.connections()).isZero();
    }

    @Test
    void takesOnlyTheAddressesThatItMayReach() throws Exception {
        assertThat(ask("http://both.test:" + server.port() + "/")).isInstanceOf(Answered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://shop.test/", "file:///etc/passwd", "gopher://shop.test/", "http:///voice"})
    void asksOnlyByHttp(String url) throws Exception {
        ask(url);

        assertThat(outcomes("address-refused")).isOne();
    }
}
