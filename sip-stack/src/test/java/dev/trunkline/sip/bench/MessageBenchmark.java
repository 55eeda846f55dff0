package dev.trunkline.sip.bench;

import dev.trunkline.sip.fuzz.Corpus;
import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Parses and answers an INVITE such as trunks send, with 25 header fields and an SDP. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageBenchmark {
    private static final PacketSource SOURCE =
            new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 4711, SipTransportKind.UDP);

    private final byte[] octets = Corpus.all(5060).stream()
            .filter(message -> new String(message, StandardCharsets.ISO_8859_1).startsWith("INVITE sip:+3225550100"))
            .findFirst()
            .orElseThrow();
    private final SipRequest invite = parsed();
    private final OutgoingResponse busy = OutgoingResponse.of(486).tagged("4f2a");
    private final OutgoingResponse answer = OutgoingResponse.of(200).tagged("4f2a").withSdp(invite.body()).withContact();
    private final OutgoingRequest bye = new OutgoingRequest("BYE", "sip:anna@192.0.2.1:5060", invite.recordRoutes(),
            invite.callId(), invite.to().uri(), "4f2a", invite.from().uri(), "f0", 1, List.of(SipHeader.reason(16, "done")),
            SipTransportKind.UDP, Optional.empty());

    private SipRequest parsed() {
        return ((Parsed.Request) MessageParser.parse(octets, SOURCE)).request();
    }

    @Benchmark
    public Parsed parse() {
        return MessageParser.parse(octets, SOURCE);
    }

    /** Reads from the INVITE what a new call needs. */
    @Benchmark
    public void parseAndAsk(Blackhole hole) {
        SipRequest request = parsed();
        hole.consume(request.callId());
        hole.consume(request.branch());
        hole.consume(request.from());
        hole.consume(request.to());
        hole.consume(request.contact());
        hole.consume(request.recordRoutes());
        hole.consume(request.sdp());
        hole.consume(request.headers().tokens("Require"));
        hole.consume(request.headers().tokens("Supported"));
        hole.consume(request.headers().first("Session-Expires"));
    }

    @Benchmark
    public byte[] refuse() {
        return MessageWriter.response(invite, busy, Optional.empty());
    }

    @Benchmark
    public byte[] answer() {
        return MessageWriter.response(invite, answer, Optional.of("<sip:us@192.0.2.2:5060>"));
    }

    @Benchmark
    public byte[] hangUp() {
        return MessageWriter.request(bye, "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK77;rport", Optional.empty());
    }
}
