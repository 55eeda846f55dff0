package dev.trunkline.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.ListRoomsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A LiveKit that works, refuses, returns nonsense or does not respond. The tests of the whole service use a real one. */
class RoomServiceTest {
    private static final String SECRET = "0123456789012345678901234567890123456789";
    private static final Duration LONG = Duration.ofSeconds(30);

    private interface Answer {
        void to(HttpExchange question) throws Exception;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile Answer next = question -> {};

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", question -> {
            try {
                next.to(question);
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                question.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.close();
    }

    private RoomService service(String path, Duration timeout) {
        URI url = URI.create("ws://127.0.0.1:" + server.getAddress().getPort() + path);
        return new RoomService(new LiveKitAddress(url, "key", SECRET), threads, timeout);
    }

    private RoomService service() {
        return service("", LONG);
    }

    private static void send(HttpExchange question, int status, byte[] body) throws IOException {
        question.getResponseHeaders().set("Content-Type", "application/protobuf");
        question.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        question.getResponseBody().write(body);
    }

    private static byte[] participant() {
        return ParticipantInfo.newBuilder().setIdentity("sip_1").build().toByteArray();
    }

    private static <T> T get(CompletionStage<T> answer) throws Exception {
        return answer.toCompletableFuture().get(LONG.toSeconds() + 10, TimeUnit.SECONDS);
    }

    @Test
    void somebodyIsPresentIfTheServerSaysWhoAndNotIfItSaysNobody() throws Exception {
        next = question -> send(question, 200, participant());
        assertThat(get(service().isPresent("room", "sip_1"))).isTrue();
        next = question -> send(question, 404, "{\"code\":\"not_found\",\"msg\":\"participant\"}".getBytes());
        assertThat(get(service().isPresent("room", "sip_1"))).isFalse();
    }

    @Test
    void aQuestionIsSignedForItsRoom() throws Exception {
        var tokens = new ArrayList<String>();
        next = question -> {
            tokens.add(question.getRequestHeaders().getFirst("Authorization"));
            send(question, 200, participant());
        };
        get(service().isPresent("room", "sip_1"));
        assertThat(tokens).singleElement().asString().startsWith("Bearer ");
        var token = JWT.require(Algorithm.HMAC256(SECRET)).withIssuer("key").build()
                .verify(tokens.getFirst().substring("Bearer ".length()));
        assertThat(token.getClaim("video").asMap()).isEqualTo(Map.of("room", "room", "roomAdmin", true));
    }

    @Test
    void theApiIsAskedBelowThePathOfTheServersUrl() throws Exception {
        var paths = new ArrayList<String>();
        next = question -> {
            paths.add(question.getRequestURI().getPath());
            send(question, 200, participant());
        };
        get(service("", LONG).isPresent("room", "sip_1"));
        get(service("/livekit/", LONG).isPresent("room", "sip_1"));
        assertThat(paths).containsExactly(
                "/twirp/livekit.RoomService/GetParticipant", "/livekit/twirp/livekit.RoomService/GetParticipant");
    }

    @Test
    void aRoomThatIsThereHasAnIdAndOneThatIsNotHasNone() throws Exception {
        next = question -> send(question, 200,
                ListRoomsResponse.newBuilder().addRooms(Room.newBuilder().setSid("RM_1")).build().toByteArray());
        assertThat(get(service().sid("room"))).contains("RM_1");
        next = question -> send(question, 200, new byte[0]);
        assertThat(get(service().sid("room"))).isEmpty();
    }

    @Test
    void aRefusalToListARoomIsNoAnswer() {
        next = question -> send(question, 503, "{}".getBytes());
        assertThatThrownBy(() -> get(service().sid("room"))).hasMessageContaining("status 503");
    }

    @Test
    void metadataIsSetOrTheRefusalIsTold() throws Exception {
        next = question -> send(question, 200, Room.newBuilder().setMetadata("m").build().toByteArray());
        get(service().setMetadata("room", "m"));
        next = question -> send(question, 401, "{}".getBytes());
        assertThatThrownBy(() -> get(service().setMetadata("room", "m"))).hasMessageContaining("status 401");
    }

    @Test
    void whatIsNoProtobufIsNotUnderstood() {
        next = question -> send(question, 200, "<html>".getBytes());
        assertThatThrownBy(() -> get(service().sid("room"))).hasMessageContaining("could not be parsed");
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        next = question -> over.await();
        assertThatThrownBy(() -> get(service("", Duration.ofMillis(300)).isPresent("room", "sip_1")))
                .hasMessageContaining("LiveKit does not answer");
    }

    @Test
    void whoAsksDoesNotWaitAndAnyNumberIsAskedAtOnce() throws Exception {
        int many = 20;
        var allAreAsked = new CountDownLatch(many);
        next = question -> {
            allAreAsked.countDown();
            allAreAsked.await();
            send(question, 200, participant());
        };
        RoomService service = service();
        List<CompletionStage<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            answers.add(service.isPresent("room", "sip_" + i));
        }
        for (CompletionStage<Boolean> answer : answers) {
            assertThat(get(answer)).isTrue();
        }
    }

    @Test
    void whatIsAskedWhenItIsClosedIsGivenUp() throws Exception {
        var asked = new CountDownLatch(1);
        next = question -> {
            asked.countDown();
            over.await();
        };
        RoomService service = service();
        CompletionStage<Boolean> answer = service.isPresent("room", "sip_1");
        asked.await();
        service.close();
        assertThatThrownBy(() -> get(answer)).hasMessageContaining("LiveKit does not answer");
    }
}
