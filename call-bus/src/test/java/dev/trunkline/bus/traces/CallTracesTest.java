package dev.trunkline.bus.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.Sampling;
import dev.trunkline.events.codec.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTracesTest {
    private static final CallId CALL = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e");
    private static final Instant START = Instant.parse("2026-03-02T09:15:30.125Z");
    private static final MediaStats STATS = new MediaStats(500, 499, 1, 2.5, 4.3);
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    private record Settings(Optional<String> traces, double tracesShare, Map<String, String> tracesHeaders)
            implements TraceSettings {}

    private static Clock at(long millis) {
        return Clock.fixed(START.plusMillis(millis), ZoneOffset.UTC);
    }

    private List<SpanData> spans(CallTraces traces) {
        traces.flush();
        return exporter.getFinishedSpanItems();
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }

    private static CallEnded ended(EndReason reason) {
        var summary = new CallSummary(
                CallDirection.INBOUND, Optional.empty(), new TrunkRef("t", "carrier"), "+3225550100", "pseudonym", Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.of("room"), Optional.of("demo"), START, Optional.empty(),
                Optional.of(START.plusMillis(300)), START.plusSeconds(9), OptionalLong.of(300), 8_700, Optional.empty(), Optional.empty());
        return new CallEnded(CALL, "sip-edge", reason, "", true, 8_700, Optional.empty()).with(summary);
    }

    @Test
    void oneTraceACallAndOneSpanAnEvent() throws Exception {
        try (var edge = CallTraces.recording(Sampling.ALL, "sip-edge", "edge-1", exporter)) {
            Envelope held = edge.envelopes("/sip-edge/edge-1", at(100), UUID::randomUUID).first(new CallHeld(CALL), Envelope.Owners.edge("edge-1"));
            Envelope resumed = edge.envelopes("/sip-edge/edge-1", at(350), UUID::randomUUID).reply(held, new CallResumed(CALL));
            edge.envelopes("/sip-edge/edge-1", at(9_000), UUID::randomUUID).first(ended(EndReason.CALLER_HUNG_UP), Envelope.Owners.NONE);
            List<SpanData> spans = spans(edge);

            assertThat(spans).hasSize(4).allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(CALL.traceId()));
            SpanData call = named(spans, "call");
            assertThat(call.getParentSpanContext().isValid()).isFalse();
            assertThat(call.getSpanId()).isEqualTo(TraceContext.root(CALL, true).spanId());
            assertThat(Duration.ofNanos(call.getEndEpochNanos() - call.getStartEpochNanos())).isEqualTo(Duration.ofSeconds(9));
            assertThat(call.getAttributes().get(AttributeKey.stringKey("trunkline.reason"))).isEqualTo("caller-hung-up");
            assertThat(call.getAttributes().get(AttributeKey.longKey("trunkline.setup_ms"))).isEqualTo(300);
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(call.getResource().getAttribute(AttributeKey.stringKey("service.name"))).isEqualTo("sip-edge");

            assertThat(named(spans, "call.held").getParentSpanId()).isEqualTo(call.getSpanId());
            SpanData second = named(spans, "call.resumed");
            assertThat(second.getParentSpanId()).isEqualTo(named(spans, "call.held").getSpanId());
            assertThat(TraceContext.parse(resumed.traceparent()).orElseThrow().spanId()).isEqualTo(second.getSpanId());
            assertThat(Duration.ofNanos(second.getEndEpochNanos() - second.getStartEpochNanos())).isEqualTo(Duration.ofMillis(250));
            assertThat(second.getAttributes().get(AttributeKey.stringKey("trunkline.edge"))).isEqualTo("edge-1");
        }
    }

    @Test
    void aCallThatOurSideEndedIsAnError() throws Exception {
        try (var traces = CallTraces.recording(Sampling.ALL, "sip-edge", "edge-1", exporter)) {
            traces.envelopes("/sip-edge/edge-1", at(0), UUID::randomUUID).first(ended(EndReason.RELAY_LOST), Envelope.Owners.NONE);
            SpanData call = named(spans(traces), "call");
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(call.getStatus().getDescription()).isEqualTo("relay-lost");
        }
    }

    @Test
    void heartbeatsAndCallsOutsideTheShareAreNoSpans() throws Exception {
        try (var all = CallTraces.recording(Sampling.ALL, "media-relay", "relay-1", exporter);
                var none = CallTraces.recording(new Sampling(0), "media-relay", "relay-1", exporter)) {
            all.envelopes("/media-relay/relay-1", at(0), UUID::randomUUID)
                    .first(new CallHeartbeat(CALL, "relay-1", 0, "o", "+3225550100", STATS), Envelope.Owners.NONE);
            Envelope unsampled = none.envelopes("/media-relay/relay-1", at(0), UUID::randomUUID).first(new CallHeld(CALL), Envelope.Owners.NONE);
            all.envelopes("/media-relay/relay-1", at(0), UUID::randomUUID).reply(unsampled, new CallResumed(CALL));
            all.envelopes("/media-relay/relay-1", at(0), UUID::randomUUID).first(new CallHeld(CALL), Envelope.Owners.NONE);
            assertThat(spans(all)).extracting(SpanData::getName).containsExactly("call.held");
        }
    }

    @Test
    void aClockThatIsBehindMakesNoSpanThatEndsBeforeItBegins() throws Exception {
        try (var traces = CallTraces.recording(Sampling.ALL, "call-router", "router-1", exporter)) {
            Envelope cause = traces.envelopes("/sip-edge/edge-1", at(80), UUID::randomUUID).first(new CallHeld(CALL), Envelope.Owners.NONE);
            traces.envelopes("/call-router/router-1", at(10), UUID::randomUUID).reply(cause, new CallResumed(CALL));
            SpanData span = named(spans(traces), "call.resumed");
            assertThat(span.getEndEpochNanos()).isEqualTo(span.getStartEpochNanos());
        }
    }

    @Test
    void aCollectorGetsThemByOtlpWithTheHeadersThatItWants() throws Exception {
        var requests = new CopyOnWriteArrayList<ExportTraceServiceRequest>();
        var tokens = new CopyOnWriteArrayList<String>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("authorization"));
            requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (var traces = CallTraces.of(
                new Settings(Optional.of("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces"), 1,
                        Map.of("authorization", "Bearer x")),
                "call-router", "router-1")) {
            traces.envelopes("/call-router/router-1", at(0), UUID::randomUUID).first(new CallHeld(CALL), Envelope.Owners.NONE);
        } finally {
            collector.stop(0);
        }
        assertThat(tokens).containsOnly("Bearer x");
        assertThat(requests.getFirst().getResourceSpans(0).getScopeSpans(0).getSpans(0).getName()).isEqualTo("call.held");
    }

    @Test
    void aCollectorThatIsAwayHoldsNobodyUp() {
        try (var traces = CallTraces.of(new Settings(Optional.of("http://127.0.0.1:9/v1/traces"), 1, Map.of()), "call-router", "router-1")) {
            var envelopes = traces.envelopes("/call-router/router-1", Clock.systemUTC(), UUID::randomUUID);
            for (int i = 0; i < 10_000; i++) {
                assertThat(envelopes.first(new CallHeld(CALL), Envelope.Owners.NONE).traceparent()).endsWith("-01");
            }
        }
    }

    @Test
    void withoutACollectorNothingIsRecorded() {
        try (var traces = CallTraces.of(new Settings(Optional.empty(), 1, Map.of()), "call-router", "router-1")) {
            assertThat(traces.envelopes("/call-router/router-1", at(0), UUID::randomUUID)
                            .first(new CallHeld(CALL), Envelope.Owners.NONE).traceparent())
                    .endsWith("-01");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "ftp://collector/v1/traces", "http:///v1/traces", "not an address"})
    void anAddressThatCannotBeIsSaid(String address) {
        assertThatThrownBy(() -> CallTraces.of(new Settings(Optional.of(address), 1, Map.of()), "call-router", "router-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://collector:4318/v1/traces");
    }
}
