package dev.trunkline.sipapi.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.trunkline.psrpc.RedisBus;
import dev.trunkline.psrpc.RpcCode;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without a Redis, where a trunk is known only by its id. */
class TrunkFinderTest {
    private final Map<String, String> directory = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private RedisBus redis;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/outbound-trunks/", exchange -> {
            String trunk = directory.get(exchange.getRequestURI().getPath().substring("/outbound-trunks/".length()));
            byte[] answer = (trunk == null ? "{}" : trunk).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(trunk == null ? 404 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        redis = new RedisBus("redis://127.0.0.1:1", Duration.ofMillis(100), (where, fault) -> {}).start();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.stop(0);
        http.close();
    }

    private TrunkFinder.Found find(String id) throws Exception {
        var router = new Router(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token", http);
        var inline = new InlineTrunks(router, List.of(), Optional.empty(), "secret", Instant::now);
        return new TrunkFinder(router, redis, inline).find(new CreateRequest(
                "SCL_a", id, "", "", "+3225550199", "room", "", "", "", Map.of(), Map.of(), "", false, 0, 0,
                CreateRequest.MediaEncryption.OFF, true, new CreateRequest.Account(CreateRequest.Transport.UDP, "", ""), CreateRequest.Extras.NONE));
    }

    @Test
    void aTrunkIsTheOneOfItsId() throws Exception {
        directory.put("st_abc", "{\"organisation\": \"acme\", \"caller_id\": {\"number\": \"+3225550100\"}}");
        assertThat(find("ST_abc")).isEqualTo(new TrunkFinder.Found("st_abc", Optional.of("acme"), Optional.of("+3225550100")));
        directory.put("st_abc", "{\"livekit_id\": \"ST_abc\"}");
        assertThat(find("ST_abc").name()).isEqualTo("st_abc");
    }

    @Test
    void oneThatCameFromAnotherOfLiveKitsTrunksIsNotIt() {
        directory.put("st_abc", "{\"organisation\": \"bakery\", \"livekit_id\": \"ST_other\"}");
        assertThatThrownBy(() -> find("ST_abc")).isInstanceOfSatisfying(RpcException.class, refused -> {
            assertThat(refused.code()).isEqualTo(RpcCode.NOT_FOUND);
            assertThat(refused).hasMessageContaining("no outbound trunk for ST_abc");
        });
    }
}
