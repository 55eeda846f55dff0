package dev.trunkline.sipapi.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartingHeadersTest {
    @Test
    void whatTheRouterTakesIsKept() {
        Map<String, String> asked = Map.of("outcome", "X-Outcome", "sip.h.x-order", "x-order", "uui", "User-To-User");
        assertThat(PartingHeaders.of(asked)).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "Reason", "Diversion", "X-", "X-Ü", "X-A_B", "X A", "", "X-a\r\nVia"})
    void anotherHeaderIsLeftOutAndTheRestIsNot(String header) {
        assertThat(PartingHeaders.of(Map.of("a", header, "b", "X-B"))).isEqualTo(Map.of("b", "X-B"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "out come", "ü", "a\n"})
    void anAttributeThatNobodyCanHaveIsLeftOut(String attribute) {
        assertThat(PartingHeaders.of(Map.of(attribute, "X-A"))).isEmpty();
    }

    @Test
    void ofTwoForOneHeaderTheFirstByItsNameIsKept() {
        assertThat(PartingHeaders.of(Map.of("b", "X-A", "a", "x-a"))).isEqualTo(Map.of("a", "x-a"));
    }

    @Test
    void thereAreNoMoreThanTheRouterTakes() {
        Map<String, String> asked = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            asked.put("a" + i, "X-" + i);
        }
        assertThat(PartingHeaders.of(asked)).hasSize(16);
    }
}
