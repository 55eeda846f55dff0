package dev.trunkline.edge.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.fuzz.Corpus;
import dev.trunkline.edge.fuzz.Mutator;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.edge.sip.Destination;
import dev.trunkline.edge.sip.HostPort;
import dev.trunkline.edge.sip.NameAddr;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.edge.sip.wire.FlawReply;
import dev.trunkline.edge.sip.wire.Frame;
import dev.trunkline.edge.sip.wire.SipFramer;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Damaged messages through everything that reads them, without a socket: {@code -Dfuzz.minutes=60 -Dfuzz.seed=7} for an
 * hour.
 */
class ParserFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 4475);
    private static final Duration LONG = Duration.ofMinutes(Long.getLong("fuzz.minutes", 0));
    private static final int SHORT = 30_000;

    private final CheckedParser parser = new CheckedParser();
    private int requests;
    private int flawed;

    @Test
    void nothingThatReadsAMessageThrows() throws Exception {
        var mutator = new Mutator(SEED, Corpus.all(5060));
        long end = System.nanoTime() + LONG.toNanos();
        long slowest = 0;
        int count = 0;
        for (; count < SHORT || System.nanoTime() < end; count++) {
            byte[] message = mutator.next();
            long began = System.nanoTime();
            try {
                read(message);
                cut(message);
            } catch (Throwable e) {
                throw new AssertionError(
                        "message " + count + " of seed " + SEED + ": " + Base64.getEncoder().encodeToString(message), e);
            }
            slowest = Math.max(slowest, System.nanoTime() - began);
        }
        System.out.printf("%d messages, %d requests, %d of them flawed, slowest %d ms%n", count, requests, flawed,
                slowest / 1_000_000);
        assertThat(requests).isGreaterThan(count / 10);
        assertThat(flawed).isBetween(count / 20, count);
    }

    private void read(byte[] message) throws Exception {
        SIPMessage parsed = parser.parse(message);
        if (!(parsed instanceof SIPRequest request)) {
            return;
        }
        requests++;
        request.setPeerPacketSourceAddress(InetAddress.ofLiteral("127.0.0.1"));
        request.setPeerPacketSourcePort(5060);
        if (request.getApplicationData() instanceof Flawed flaw) {
            flawed++;
            FlawReply.to(flaw.request(), flaw.flaw(), new HostPort("127.0.0.1", 5060));
            return;
        }
        assertThat(request.getTransactionId()).isNotBlank();
        SipRequest ours = ReceivedRequests.of(request);
        for (String name : ours.headers().names()) {
            NameAddr.all(ours.headers().values(name));
        }
        Sdp.scrubbed(ours.body());
        Dialog dialog = Dialog.answering(ours, "us");
        Destination.of(dialog.request("BYE", List.of()));
    }

    /** As a stream in which it stands between two sound messages. */
    private static void cut(byte[] message) {
        var framer = new SipFramer(16_384);
        framer.add(message, message.length);
        int frames = 0;
        for (Optional<Frame> frame = framer.next(); frame.isPresent(); frame = framer.next()) {
            frames++;
        }
        assertThat(frames).isLessThanOrEqualTo(message.length);
    }
}
