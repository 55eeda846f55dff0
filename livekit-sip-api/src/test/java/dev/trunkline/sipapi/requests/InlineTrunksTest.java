package dev.trunkline.sipapi.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.sipapi.router.Router;
import dev.trunkline.sipapi.wire.CreateRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InlineTrunksTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    private InlineTrunks trunks(List<String> countries) {
        var router = new Router(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token", http);
        return new InlineTrunks(router, countries, Optional.of("demo"), "secret", () -> now);
    }

    private static CreateRequest request(String address, String password) {
        return new CreateRequest(
                "SCL_a", "", address, "+3225550100", "+3225550199", "room", "", "", "", Map.of(), Map.of(), "", false, 0, 0,
                CreateRequest.MediaEncryption.OFF, true,
                new CreateRequest.Account(CreateRequest.Transport.TCP, password.isEmpty() ? "" : "user", password), CreateRequest.Extras.NONE);
    }

    @Test
    void whereNoCountryIsNamedNoneIsTaken() {
        assertThatThrownBy(() -> trunks(List.of()).find(request("carrier.example", "")))
                .isInstanceOf(RpcException.class).hasMessageContaining("TRUNKLINE_LIVEKIT_SIP_INLINE_COUNTRIES");
        assertThat(asked).isEmpty();
    }

    @Test
    void oneIsMadeForEachThatDiffersAndRemovedAnHourAfterItsLastUse() throws Exception {
        InlineTrunks trunks = trunks(List.of("be"));
        TrunkFinder.Found first = trunks.find(request("carrier.example:5080", "a password"));
        assertThat(first.name()).startsWith(InlineTrunks.PREFIX).doesNotContain("password");
        assertThat(first.organisation()).contains("demo");
        assertThat(first.callerId()).contains("+3225550100");
        now = now.plus(Duration.ofMinutes(50));
        assertThat(trunks.find(request("carrier.example:5080", "a password"))).isEqualTo(first);
        TrunkFinder.Found second = trunks.find(request("carrier.example:5080", "another"));
        assertThat(second.name()).isNotEqualTo(first.name());
        assertThat(asked).containsExactly("PUT /outbound-trunks/" + first.name(), "PUT /outbound-trunks/" + second.name());
        now = now.plus(Duration.ofMinutes(50));
        trunks.find(request("carrier.example:5080", "another"));
        now = now.plus(Duration.ofMinutes(20));
        trunks.sweep();
        assertThat(asked).last().isEqualTo("DELETE /outbound-trunks/" + first.name());
        assertThat(asked).doesNotContain("DELETE /outbound-trunks/" + second.name());
    }

    @Test
    void itIsWrittenAsTheDirectoryHasIt() {
        assertThat(InlineTrunks.written(request("carrier.example:5080", "pass"), List.of("BE", "FR"), Optional.empty()).toString()).isEqualTo(
                "{\"gateways\":[{\"host\":\"carrier.example\",\"port\":5080,\"transport\":\"tcp\"}],\"account\":{\"username\":\"user\",\"password\":\"pass\"},"
                        + "\"caller_id\":{\"number\":\"+3225550100\"},\"allowed\":{\"countries\":[\"BE\",\"FR\"]},\"dialling\":{\"country\":\"BE\"}}");
        assertThat(InlineTrunks.written(request("2001:db8::1", ""), List.of("BE"), Optional.of("demo")).toString()).isEqualTo(
                "{\"organisation\":\"demo\",\"gateways\":[{\"host\":\"2001:db8::1\",\"transport\":\"tcp\"}],"
                        + "\"caller_id\":{\"number\":\"+3225550100\"},\"allowed\":{\"countries\":[\"BE\"]},\"dialling\":{\"country\":\"BE\"}}");
    }
}
