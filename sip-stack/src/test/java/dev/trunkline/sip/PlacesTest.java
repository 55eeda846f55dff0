package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.TransportWatch.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which peers get a connection, and which keep it. */
class PlacesTest {
    private static final int PORT = 22652;
    private static final String URI = "sip:+3225550100@127.0.0.1:" + PORT;

    private static ConnectionLimits limits(int all, int strangers, int perSource, int usefulMillis) {
        return new ConnectionLimits(all, strangers, perSource, Duration.ofSeconds(5), Duration.ofMillis(usefulMillis),
                Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    private static void lives(StreamPhone phone) throws Exception {
        phone.write(phone.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
    }

    @Test
    void strangersLeavePlacesForThoseWhoAreKnown() throws Exception {
        try (var stack = new LoopbackStack(limits(4, 2, 10, 60_000), Optional.empty(), "tcp:127.0.0.1:" + PORT)) {
            stack.known = source -> false;
            List<StreamPhone> phones = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                phones.add(StreamPhone.tcp("127.0.0.1", PORT));
                lives(phones.getLast());
            }
            try (var third = StreamPhone.tcp("127.0.0.1", PORT)) {
                assertThat(third.isClosed()).isTrue();
            }
            assertThat(stack.over(Ending.TOO_MANY)).isEqualTo(1);
            stack.known = source -> true;
            for (int i = 0; i < 2; i++) {
                phones.add(StreamPhone.tcp("127.0.0.1", PORT));
                lives(phones.getLast());
            }
            try (var fifth = StreamPhone.tcp("127.0.0.1", PORT)) {
                assertThat(fifth.isClosed()).isTrue();
            }
            for (StreamPhone phone : phones) {
                phone.close();
            }
            LoopbackStack.until(() -> stack.open.get() == 0);
        }
    }

    @Test
    void whoSaysNothingUsefulIsCutOffInSeconds() throws Exception {
        try (var stack = new LoopbackStack(limits(10, 10, 10, 2_000), Optional.empty(), "tcp:127.0.0.1:" + PORT);
                var silent = StreamPhone.tcp("127.0.0.1", PORT);
                var pinging = StreamPhone.tcp("127.0.0.1", PORT);
                var useful = StreamPhone.tcp("127.0.0.1", PORT)) {
            lives(useful);
            pinging.write("\r\n\r\n");
            assertThat(pinging.exactly(2)).isEqualTo("\r\n");
            pinging.write("OPTIONS nonsense\r\n\r\n");
            assertThat(silent.isClosed()).isTrue();
            assertThat(pinging.isClosed()).isTrue();
            LoopbackStack.until(() -> stack.over(Ending.SILENT) + stack.over(Ending.NOT_SIP) == 2);
            lives(useful);
        }
    }
}
