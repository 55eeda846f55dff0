package dev.trunkline.router.webhook.http;

import static dev.trunkline.router.webhook.http.TenantServer.head;
import static dev.trunkline.router.webhook.http.TenantServer.json;
import static dev.trunkline.router.webhook.http.TenantServer.status;
import static dev.trunkline.router.webhook.http.TenantServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.webhook.Shop;
import dev.trunkline.router.webhook.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
/** Requests to real servers that behave correctly, and to those that do not. */
class WebhookClientTest extends Asking {

    @Test
    void postsTheCallAndReadsTheAnswer() throws Exception {
        WebhookResult result = client.ask(Shop.at(url()).secret("whsec").question(), Instant.now().plusSeconds(30));

        assertThat(result).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.instruction()).isInstanceOfSatisfying(
                    Instruction.Room.class, room -> assertThat(room.room()).isEqualTo("orders"));
            assertThat(answered.followed())
                    .isEqualTo("room at room, so the call goes to room orders (HTTP 200, 1 try, signed, breaker closed)");
        });
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /voice?key=s3cret HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("host", "shop.test:" + server.port())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("trunkline-request-id", result.requestId());
            String signature = request.headers().get("trunkline-signature");
            long seconds = Long.parseLong(signature.replaceAll("t=([0-9]+),.*", "$1"));
            assertThat(signature).isEqualTo(Signature.of(request.body(), Instant.ofEpochSecond(seconds), "whsec"));
            assertThat(request.text()).contains("\"call_sid\"");
        });
        assertThat(outcomes("room")).isOne();
        assertThat(metrics.get("trunkline.router.webhook.latency").timer().count()).isOne();
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        ask(url());
        ask(url());

        assertThat(server.requests()).hasSize(2);
        assertThat(server.connections()).isOne();
    }

    @Test
    void readsAnAnswerThatComesInChunks() throws Exception {
        server.behave((request, socket) -> write(
                socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"room\":\r\n9\r\n\"orders\"}\r\n0\r\n\r\n"));

        assertThat(ask(url())).isInstanceOf(Answered.class);
    }

    @Test
    void triesAgainWithTheSameIdAfterAServersError() throws Exception {
        server.behave((request, socket) -> {
            if (server.requests().size() == 1) {
                write(socket, head("503 Busy", 0));
            } else {
                write(socket, head("200 OK", ROOM.length()) + ROOM);
            }
        });

        assertThat(ask(url())).isInstanceOfSatisfying(
                Answered.class, answered -> assertThat(answered.followed()).contains("HTTP 200, 2 tries"));
        assertThat(server.requests()).extracting(request -> request.headers().get("idempotency-key"))
                .hasSize(2)
                .containsOnly(server.requests().getFirst().headers().get("trunkline-request-id"));
        assertThat(resolved).as("one resolution for both tries").containsExactly("shop.test");
    }

    @Test
    void givesUpAfterTheSecondTry() throws Exception {
        server.behave(status("500 Oops"));

        assertThat(failure(url())).startsWith("it answered HTTP 500 (2 tries");
        assertThat(server.requests()).hasSize(2);
        assertThat(outcomes("server-error")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 Bad", "401 Who", "404 Gone", "429 Slow", "302 Found", "307 Moved"})
    void doesNotTryAgainWhereItWouldNotHelp(String status) throws Exception {
        server.behave((request, socket) -> write(
                socket, head(status, 0).replace("\r\n\r\n", "\r\nLocation: /elsewhere\r\n\r\n")));

        assertThat(failure(url())).startsWith("it answered HTTP " + status.substring(0, 3));
        assertThat(server.requests()).hasSize(1);
        assertThat(outcomes("status")).isOne();
    }

    @Test
    void givesUpOnASlowAnswer() throws Exception {
        client.close();
        client = client(new Terms(Duration.ofMillis(150), 1_000, List.of("127.0.0.1/32")));
        var never = new CountDownLatch(1);
        server.behave((request, socket) -> never.await());

        assertThat(failure(url())).startsWith("it gave no complete answer within ").contains("2 tries");
        assertThat(server.requests()).hasSize(2);
        assertThat(outcomes("timeout")).isOne();
    }

    @Test
    void givesUpOnAnAnswerThatComesByteByByte() throws Exception {
        client.close();
        client = client(new Terms(Duration.ofMillis(200), 1_000, List.of("127.0.0.1/32")));
        server.behave((request, socket) -> {
            write(socket, head("200 OK", 10_000));
            while (true) {
                write(socket, " ");
                Thread.sleep(10);
            }
        });

        assertThat(failure(url())).startsWith("it gave no complete answer within ");
    }

    @Test
    void neverGoesOnPastTheDeadline() throws Exception {
        var never = new CountDownLatch(1);
        server.behave((request, socket) -> never.await());

        WebhookResult result = client.ask(Shop.at(url()).question(), Instant.now().plusMillis(300));

        assertThat(((Failed) result).why()).contains("1 try");
        assertThat(outcomes("timeout")).isOne();
    }

    @Test
    void asksNobodyWithoutTime() throws Exception {
        WebhookResult result = client.ask(Shop.at(url()).question(), Instant.now().minusSeconds(1));

        assertThat(((Failed) result).why()).startsWith("the call's deadline leaves no time");
        assertThat(server.requests()).isEmpty();
        assertThat(outcomes("out-of-time")).isOne();
    }

    @Test
    void leavesAnApplicationThatIsDownInPeace() throws Exception {
        client.close();
        client = client(new Terms(Duration.ofSeconds(10), 3, List.of("127.0.0.1/32")));
        server.behave(status("503 Busy"));
        for (int i = 0; i < 3; i++) {
            ask(url());
        }
        assertThat(metrics.get("trunkline.router.webhook.breakers.open").gauge().value()).isOne();

        assertThat(failure(url())).startsWith("it is not asked now, because it failed 3 times in a row")
                .endsWith("(no try, breaker open)");
        assertThat(server.requests()).hasSize(6);
        assertThat(outcomes("breaker-open")).isOne();
    }

    @Test
    void whatIsOnlyTriedOutCountsNowhere() throws Exception {
        client.close();
        client = client(new Terms(Duration.ofSeconds(10), 1, List.of("127.0.0.1/32")));
        server.behave(status("503 Busy"));

        for (int i = 0; i < 3; i++) {
            assertThat(((Failed) client.tryOut(Shop.at(url()).question(), Instant.now().plusSeconds(5))).why())
                    .startsWith("it answered HTTP 503 (2 tries");
        }
        server.behave(json("[{\"verb\":\"dial\",\"target\":[{\"type\":\"teams\",\"number\":\"+3225550109\"}]}]"));
        client.tryOut(Shop.at(url()).question(), Instant.now().plusSeconds(5));

        assertThat(metrics.find("trunkline.router.webhook.requests").counters()).allSatisfy(counter ->
                assertThat(counter.count()).isZero());
        assertThat(metrics.get("trunkline.router.webhook.dials.not.followed").counter().count()).isZero();
        assertThat(metrics.get("trunkline.router.webhook.breakers.open").gauge().value()).isZero();
    }

    @Test
    void aFailureThatIsNoFaultOfTheServersMachineKeepsTheBreakerClosed() throws Exception {
        client.close();
        client = client(new Terms(Duration.ofSeconds(10), 1, List.of("127.0.0.1/32")));
        server.behave(status("404 Gone"));
        ask(url());
        server.behave(json(ROOM));

        assertThat(ask(url())).isInstanceOf(Answered.class);
    }

    @Test
    void oneSlowWebhookHoldsUpNoOther() throws Exception {
        var open = new CountDownLatch(1);
        server.behave((request, socket) -> {
            open.await();
            write(socket, head("200 OK", ROOM.length()) + ROOM);
        });
        try (TenantServer other = TenantServer.start(json(ROOM));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WebhookResult>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(() -> ask(url())));
            }
            assertThat(ask("http://shop.test:" + other.port() + "/")).isInstanceOf(Answered.class);
            open.countDown();
            for (Future<WebhookResult> one : waiting) {
                assertThat(one.get()).isInstanceOf(Answered.class);
            }
        }
    }

    @Test
    void tellsOfADialThatIsNotFollowedInItsMetric() throws Exception {
        server.behave(json("[{\"verb\":\"dial\",\"target\":[{\"type\":\"teams\",\"number\":\"+3225550109\"}]}]"));

        assertThat(failure(url())).contains("dial at [0] was NOT FOLLOWED");
        assertThat(metrics.get("trunkline.router.webhook.dials.not.followed").counter().count()).isEqualTo(2);
        assertThat(outcomes("undecided")).isOne();
    }
}
