package dev.trunkline.edge.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.call.Effect;
import dev.trunkline.edge.call.Step;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Runs INVITEs that nobody sent along the path of real ones, from octets to octets, before SIP is open: they are parsed,
 * screened, read, decided on, sealed, turned into events and back, refused and answered. Nothing of it leaves this class: it
 * reaches no socket, no topic, no metric and no count.
 */
public final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final int ROUNDS = 400;
    /** On a machine that is busy with other things, opening late is worse than a slow first call. */
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Trunk NOBODY = new Trunk("warm-up", "warm-up", List.of(), Optional.of("BE"), List.of());
    private static final String SDP = String.join("\r\n",
            "v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 40000 RTP/AVP 8 0 101",
            "a=rtpmap:8 PCMA/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=sendrecv", "");

    private final InviteReader reader;
    private final CallMachine machine;
    private final TimerPolicy timers;
    private final SdpKeys keys;
    private final Envelopes envelopes;
    private final ContainedFaults faults;

    public WarmUp(
            InviteReader reader, CallMachine machine, TimerPolicy timers, SdpKeys keys, Envelopes envelopes,
            ContainedFaults faults) {
        this.reader = reader;
        this.machine = machine;
        this.timers = timers;
        this.keys = keys;
        this.envelopes = envelopes;
        this.faults = faults;
    }

    /** A failure here would also fail a call later, with its reason; the edge opens all the same. */
    public void run() {
        faults.guarded("warm-up", () -> {
            var source = new PacketSource(InetAddress.getLoopbackAddress(), 5060, SipTransportKind.UDP);
            long begin = System.nanoTime();
            int octets = 0;
            int round = 0;
            while (round < ROUNDS && System.nanoTime() - begin < LONGEST.toNanos()) {
                octets += takeOne(round++, source);
            }
            LOG.debugf("warmed up with %d INVITEs, answered with %d octets", round, octets);
        }).run();
    }

    /** @return how many octets would have been answered */
    int takeOne(int round, PacketSource source) {
        SipRequest invite = parsed(invite(round), source);
        int octets = MessageWriter.response(invite, OutgoingResponse.of(100), Optional.empty()).length;
        Screening.ofInvite(invite, timers).ifPresent(refusal -> {
            throw new IllegalStateException("the warm-up INVITE was refused with " + refusal.status());
        });
        CallFacts facts = reader.read(invite, NOBODY, "tag" + round, Duration.ZERO);
        Step begun = machine.begin(facts);
        Envelope told = published(begun);
        var refusal = CallRejected.of(
                facts.invite(), RefusalReason.NUMBER_UNKNOWN, OptionalInt.empty(), "call-router", Optional.empty(), List.of());
        Step refused = machine.on(begun.next(), new CallInput.Told(travelled(envelopes.reply(told, refusal))));
        for (Effect effect : refused.effects()) {
            if (effect instanceof Effect.Respond(var which, var reply)) {
                octets += MessageWriter.response(invite, reply, Optional.empty()).length;
            }
        }
        return octets;
    }

    private Envelope published(Step begun) {
        for (Effect effect : begun.effects()) {
            if (effect instanceof Effect.Publish(var event, var owners, var cause)) {
                return travelled(first(event, owners));
            }
        }
        throw new IllegalStateException("the warm-up INVITE produces no event");
    }

    private Envelope first(CallRecord event, Owners owners) {
        return keys.sealed(envelopes.first(event, owners));
    }

    /** Returns the envelope as it would come back from Kafka. */
    private static Envelope travelled(Envelope envelope) {
        ProducerRecord<String, byte[]> sent = CallEventCodec.encode(envelope);
        var received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        try {
            return CallEventCodec.decode(received).orElseThrow();
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SipRequest parsed(byte[] octets, PacketSource source) {
        if (MessageParser.parse(octets, source) instanceof Parsed.Request(var request)) {
            return request;
        }
        throw new IllegalStateException("the warm-up INVITE cannot be parsed");
    }

    private static byte[] invite(int round) {
        return String.join("\r\n",
                "INVITE sip:+3225550100@192.0.2.2 SIP/2.0",
                "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKwarm" + round + ";rport",
                "Max-Forwards: 70",
                "From: \"Nobody\" <sip:+32470000000@192.0.2.1>;tag=w" + round,
                "To: <sip:+3225550100@192.0.2.2>",
                "Call-ID: warm-" + round + "@192.0.2.1",
                "CSeq: 1 INVITE",
                "Contact: <sip:nobody@192.0.2.1:5060>",
                "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE",
                "Supported: timer",
                "User-Agent: warm-up",
                "Content-Type: application/sdp",
                "Content-Length: " + SDP.length(),
                "",
                SDP).getBytes(StandardCharsets.US_ASCII);
    }
}
