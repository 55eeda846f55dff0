package dev.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.trunkline.sip.fuzz.Corpus;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A message allocates a handful of small objects, not one for each line and word. */
class AllocationTest {
    private static final int ROUNDS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Object kept;

    private long octetsOf(Runnable work) {
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    @Test
    void anInviteIsCheapToReadAndToAnswer() {
        byte[] invite = Corpus.all(5060).stream()
                .filter(message -> new String(message, StandardCharsets.ISO_8859_1).startsWith("INVITE sip:+3225550100"))
                .findFirst()
                .orElseThrow();
        long parsed = octetsOf(() -> kept = MessageParser.parse(invite, Messages.SOURCE));
        SipRequest request = ((Parsed.Request) MessageParser.parse(invite, Messages.SOURCE)).request();
        OutgoingResponse busy = OutgoingResponse.of(486).tagged("us");
        long written = octetsOf(() -> kept = MessageWriter.response(request, busy, Optional.empty()));
        System.out.printf("an INVITE of %d octets: %d octets to parse, %d to answer%n", invite.length, parsed, written);
        assertThat(parsed).isLessThan(3_000);
        assertThat(written).isLessThan(4_000);
        assertThat(kept).isNotNull();
    }
}
