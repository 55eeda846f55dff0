package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingRequest.Hop;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transaction.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller and a callee on this stack, connected by a pipe that loses three datagrams of ten. */
class LossTest {
    private static final int CALLEE = 22642;
    private static final int CALLER = 22643;
    private static final int PIPE = 22644;
    private static final int CALLS = 100;
    /** 64·T1 is 6.4 s, which allows eleven retransmissions. */
    private static final Timings QUICK = new Timings(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(500));

    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final AtomicInteger acks = new AtomicInteger();
    private volatile int status = 200;
    private SipStack callee;
    private SipStack caller;

    @BeforeEach
    void open() {
        callee = SipStack.builder(Examples.listening("udp:127.0.0.1:" + CALLEE)).timings(QUICK).lanes(2).build();
        callee.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {
                requests.computeIfAbsent(transaction.request().callId(), any -> new AtomicInteger()).incrementAndGet();
                transaction.respond(OutgoingResponse.of(status).tagged("callee").withContact());
            }

            @Override
            public void ack(SipRequest ack) {
                acks.incrementAndGet();
            }
        });
        caller = SipStack.builder(Examples.listening("udp:127.0.0.1:" + CALLER)).timings(QUICK).lanes(2).build();
        caller.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {}

            @Override
            public void ack(SipRequest ack) {}
        });
    }

    @AfterEach
    void close() {
        caller.close();
        callee.close();
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, 200, 1", "BYE, 481, 2", "INVITE, 486, 3", "INVITE, 603, 4"})
    void everyRequestIsTakenOnceAndAnsweredOnce(String method, int status, long seed) throws Exception {
        this.status = status;
        var answers = new ConcurrentHashMap<String, AtomicInteger>();
        var latch = new CountDownLatch(CALLS);
        try (var pipe = new LossyPipe(PIPE, CALLEE, 0.3, seed)) {
            for (int i = 0; i < CALLS; i++) {
                caller.send(request(method, "loss-" + seed + "-" + i), answer -> {
                    answers.computeIfAbsent(answer.callId() + " " + answer.status(), any -> new AtomicInteger()).incrementAndGet();
                    latch.countDown();
                });
            }
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(answers).hasSize(CALLS);
        assertThat(answers.keySet()).allMatch(answer -> answer.endsWith(" " + status));
        assertThat(answers.values()).allMatch(times -> times.get() == 1);
        assertThat(requests).hasSize(CALLS);
        assertThat(requests.values()).allMatch(times -> times.get() == 1);
        // The transaction consumes the ACK of a rejection.
        assertThat(acks).hasValue(0);
    }

    private static OutgoingRequest request(String method, String callId) {
        return new OutgoingRequest(method, "sip:callee@127.0.0.1", List.of(), callId, "sip:caller@example.com", "caller",
                "sip:callee@example.com", "", 1, List.of(), SipTransportKind.UDP, Optional.of(new Hop("127.0.0.1", PIPE)));
    }

    @Test
    void aLostCalleeIsATimeout() throws Exception {
        try (var pipe = new LossyPipe(PIPE, CALLEE, 1, 1)) {
            var answer = new CompletableFuture<SipResponse>();
            caller.send(request("OPTIONS", "nobody"), answer::complete);
            assertThat(answer.get(15, TimeUnit.SECONDS).status()).isEqualTo(408);
        }
    }
}
