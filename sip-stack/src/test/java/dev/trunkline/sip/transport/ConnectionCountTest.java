package dev.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.TransportWatch.Ending;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {
    private final ConnectionCount count = new ConnectionCount(new ConnectionLimits(
            6, 3, 2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));

    private Optional<Ending> taken(String source, boolean stranger) {
        InetAddress address = InetAddress.ofLiteral(source);
        Optional<Ending> refused = count.refuses(address, stranger);
        if (refused.isEmpty()) {
            count.take(address, stranger);
        }
        return refused;
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneSource() {
        assertThat(taken("2001:db8:1:2::1", false)).isEmpty();
        assertThat(taken("2001:db8:1:2:ffff::9", false)).isEmpty();
        assertThat(taken("2001:db8:1:2::3", false)).contains(Ending.TOO_MANY_FROM_SOURCE);
        assertThat(taken("2001:db8:1:3::1", false)).isEmpty();
        assertThat(taken("192.0.2.1", false)).isEmpty();
        assertThat(taken("192.0.2.2", false)).isEmpty();
    }

    @Test
    void strangersHaveTheirShareAndNoMore() {
        assertThat(taken("192.0.2.1", true)).isEmpty();
        assertThat(taken("192.0.2.2", true)).isEmpty();
        assertThat(taken("192.0.2.3", true)).isEmpty();
        assertThat(taken("192.0.2.4", true)).contains(Ending.TOO_MANY);
        assertThat(taken("192.0.2.4", false)).isEmpty();
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        InetAddress source = InetAddress.ofLiteral("192.0.2.1");
        ConnectionCount.Place one = count.take(source, true);
        count.take(source, true);
        assertThat(count.refuses(source, true)).contains(Ending.TOO_MANY_FROM_SOURCE);
        one.release();
        assertThat(count.refuses(source, true)).isEmpty();
    }
}
