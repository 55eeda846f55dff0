package dev.trunkline.sip.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.net.SipTransportKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static Gateway gateway(String host, int order, int weight) {
        return new Gateway(host, OptionalInt.empty(), Optional.empty(), order, weight);
    }

    @Test
    void aUriSaysWhatIsKnownAndNothingElse() {
        assertThat(gateway("carrier.example", 0, 1).uri("+32")).isEqualTo("sip:+32@carrier.example");
        assertThat(gateway("carrier.example", 0, 1).uri("")).isEqualTo("sip:carrier.example");
        var tls = new Gateway("2001:db8::1", OptionalInt.of(5071), Optional.of(SipTransportKind.TLS), 0, 1);
        assertThat(tls.uri("a")).isEqualTo("sip:a@[2001:db8::1]:5071;transport=tls");
        assertThat(tls.route()).isEqualTo("<sip:[2001:db8::1]:5071;transport=tls;lr>");
        assertThatThrownBy(() -> gateway("a", -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLowestOrderIsFirst() {
        List<Gateway> all = List.of(gateway("c", 2, 9), gateway("a", 0, 1), gateway("b", 1, 100));
        assertThat(GatewayOrder.of(all, any -> true, new Random(1))).extracting(Gateway::host).containsExactly("a", "b", "c");
    }

    @Test
    void withinAnOrderTheWeightsShare() {
        List<Gateway> all = List.of(gateway("three", 0, 3), gateway("one", 0, 1), gateway("never", 0, 0));
        var random = new Random(7);
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            List<Gateway> order = GatewayOrder.of(all, any -> true, random);
            assertThat(order).hasSize(3);
            first.merge(order.getFirst().host(), 1, Integer::sum);
        }
        assertThat(first.get("three")).isBetween(2_850, 3_150);
        assertThat(first.get("one")).isBetween(850, 1_150);
        assertThat(first).doesNotContainKey("never");
    }

    @Test
    void withoutWeightsTheyShareEvenly() {
        var random = new Random(7);
        List<Gateway> all = List.of(gateway("a", 0, 0), gateway("b", 0, 0));
        long a = java.util.stream.IntStream.range(0, 1_000)
                .filter(i -> GatewayOrder.of(all, any -> true, random).getFirst().host().equals("a"))
                .count();
        assertThat(a).isBetween(400L, 600L);
    }

    @Test
    void thoseThatAreDownAreLeftOutUnlessAllAre() {
        List<Gateway> all = List.of(gateway("a", 0, 1), gateway("b", 1, 1));
        assertThat(GatewayOrder.of(all, each -> each.host().equals("b"), new Random(1))).containsExactly(all.get(1));
        assertThat(GatewayOrder.of(all, each -> false, new Random(1))).containsExactlyElementsOf(all);
        assertThat(GatewayOrder.of(List.of(), each -> true, new Random(1))).isEmpty();
    }

    private static final GatewayWatch WATCH =
            new GatewayWatch(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(4), 3, 2);

    private static GatewayWatch.State after(int... statuses) {
        GatewayWatch.State state = GatewayWatch.State.BEGINNING;
        for (int status : statuses) {
            state = WATCH.on(state, status).state();
        }
        return state;
    }

    @Test
    void threeFailuresInARowTakeItOut() {
        assertThat(after(408, 503).up()).isTrue();
        assertThat(after(408, 503, 200, 408, 408).up()).as("not in a row").isTrue();
        assertThat(after(408, 503, 408).up()).isFalse();
        assertThat(WATCH.on(after(408, 408), 408).changed()).isTrue();
        assertThat(WATCH.on(after(408, 408, 408), 408).changed()).as("said once").isFalse();
    }

    @Test
    void twoAnswersInARowBringItBack() {
        assertThat(after(408, 408, 408, 200).up()).isFalse();
        assertThat(after(408, 408, 408, 200, 408, 200).up()).isFalse();
        assertThat(after(408, 408, 408, 200, 200).up()).isTrue();
        assertThat(WATCH.on(after(408, 408, 408, 200), 200).changed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 403, 404, 405, 480, 481, 500, 501, 603})
    void whateverAnswersLives(int status) {
        assertThat(GatewayWatch.lives(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 502, 503, 504})
    void whatSaysThatNobodyIsThereDoesNot(int status) {
        assertThat(GatewayWatch.lives(status)).isFalse();
    }

    @Test
    void oneThatIsInDoubtIsAskedSooner() {
        assertThat(WATCH.next(after(), new Random(1))).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
        assertThat(WATCH.next(after(408), new Random(1))).isBetween(Duration.ofMillis(4_500), Duration.ofSeconds(5));
        assertThat(WATCH.next(after(408, 408, 408), new Random(1))).isBetween(Duration.ofMillis(4_500), Duration.ofSeconds(5));
    }
}
