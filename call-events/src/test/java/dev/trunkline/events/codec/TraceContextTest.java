package dev.trunkline.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.Envelope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String HEADER = "00-019a8c3e5b7d7c419d2e3f1a2b4c5d6e-00f067aa0ba902b7-01";
    private final CallId call = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e");

    private record Said(Envelope event, Optional<Envelope> cause) {}

    private final List<Said> spans = new ArrayList<>();

    private Envelopes envelopes(double share) {
        return new Envelopes("/sip-edge/edge-1", Clock.systemUTC(), UUID::randomUUID, new Sampling(share),
                (event, cause) -> spans.add(new Said(event, cause)));
    }

    @Test
    void aHeaderIsReadAndWritten() {
        TraceContext context = TraceContext.parse(HEADER).orElseThrow();
        assertThat(context).isEqualTo(new TraceContext(call.traceId(), "00f067aa0ba902b7", true));
        assertThat(context.traceparent()).isEqualTo(HEADER);
        assertThat(TraceContext.parse(HEADER.replace("-01", "-00")).orElseThrow().sampled()).isFalse();
        assertThat(TraceContext.parse(HEADER.replace("00-0", "01-0") + "-more")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "00", "00-019a8c3e5b7d7c419d2e3f1a2b4c5d6e-00f067aa0ba902b7", "00-019A8c3e5b7d7c419d2e3f1a2b4c5d6e-00f067aa0ba902b7-01",
        "00_019a8c3e5b7d7c419d2e3f1a2b4c5d6e-00f067aa0ba902b7-01", "00-019a8c3e5b7d7c419d2e3f1a2b4c5d6e-00f067aa0ba902b7-01x",
        "00-019a8c3e5b7d7c419d2e3f1a2b4c5d6e-00f067aa0ba902b7-é1"
    })
    void whatIsNoHeaderIsNone(String text) {
        assertThat(TraceContext.parse(text)).isEmpty();
    }

    @Test
    void everyEventIsASpanOfItsCall() {
        Envelope first = envelopes(1).first(new CallHeld(call), Envelope.Owners.NONE);
        Envelope next = envelopes(1).reply(first, new CallResumed(call));
        assertThat(spans).containsExactly(new Said(first, Optional.empty()), new Said(next, Optional.of(first)));
        TraceContext one = TraceContext.parse(first.traceparent()).orElseThrow();
        TraceContext other = TraceContext.parse(next.traceparent()).orElseThrow();
        assertThat(one.traceId()).isEqualTo(other.traceId()).isEqualTo(call.traceId());
        assertThat(one.spanId()).isNotEqualTo(other.spanId()).isNotEqualTo(TraceContext.root(call, true).spanId());
        assertThat(one).isEqualTo(TraceContext.of(call, first.id(), true));
    }

    @Test
    void aRedeliveryIsTheSameSpan() {
        Envelope first = envelopes(1).first(new CallHeld(call), Envelope.Owners.NONE);
        assertThat(envelopes(1).reply(first, new CallResumed(call)).traceparent())
                .isEqualTo(envelopes(1).reply(first, new CallResumed(call)).traceparent());
    }

    @Test
    void whoRepliesDecidesNothingAboutSampling() {
        Envelope cause = envelopes(0).first(new CallHeld(call), Envelope.Owners.NONE);
        assertThat(cause.traceparent()).endsWith("-00");
        assertThat(envelopes(1).reply(cause, new CallResumed(call)).traceparent()).endsWith("-00");
        assertThat(spans).isEmpty();
    }

    @Test
    void aShareOfTheCallsIsTaken() {
        var random = new Random(7);
        long taken = Stream.generate(() -> uuidv7(random)).limit(10_000).filter(new Sampling(0.1)::takes).count();
        assertThat(taken).isBetween(850L, 1_150L);
        assertThat(Sampling.ALL.takes(call)).isTrue();
        assertThat(new Sampling(0).takes(call)).isFalse();
        assertThatThrownBy(() -> new Sampling(1.1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> new Sampling(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Returns ids of one millisecond: their first halves are nearly the same. */
    private static CallId uuidv7(Random random) {
        long first = 0x019a8c3e5b7d7000L | random.nextInt(0x1000);
        return new CallId(new UUID(first, random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L));
    }
}
