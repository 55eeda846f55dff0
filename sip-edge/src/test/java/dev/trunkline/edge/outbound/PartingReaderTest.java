package dev.trunkline.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Parting;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.privacy.GivenHeaders;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.SipHeader;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartingReaderTest {
    private static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000001");
    private static final CallId OTHER = CallId.of("01900000-0000-7000-8000-000000000002");
    private static final SealedTargets TARGETS = new SealedTargets(new Sealer(new byte[32], new SecureRandom()));
    private final PartingReader reader = new PartingReader(TARGETS);

    private static HeadersChanged changed(Map<String, String> headers) {
        return new HeadersChanged(CALL, "relay-1", TARGETS.seal(CALL, new GivenHeaders(headers)));
    }

    private static EndCall end(Optional<String> sealed) {
        return new EndCall(CALL, EndReason.REQUESTED, "media-relay", "", Optional.empty(), sealed);
    }

    @Test
    void bothRecordsBringThem() {
        var sold = Optional.of(new Parting(List.of(new SipHeader("X-Outcome", "sold"))));
        assertThat(reader.read(changed(Map.of("X-Outcome", "sold")))).isEqualTo(sold);
        assertThat(reader.read(end(Optional.of(changed(Map.of("X-Outcome", "sold")).sealedHeaders())))).isEqualTo(sold);
    }

    @Test
    void noneLeftIsSomethingThatIsKnown() {
        assertThat(reader.read(changed(Map.of()))).contains(Parting.NONE);
    }

    @Test
    void whatSaysNothingOfThemChangesNothing() {
        assertThat(reader.read(end(Optional.empty()))).isEmpty();
        assertThat(reader.read(new CallHeld(CALL))).isEmpty();
    }

    @Test
    void whatCannotBeOpenedChangesNothing() {
        assertThat(reader.read(new HeadersChanged(CALL, "relay-1", "v1.AAAA"))).isEmpty();
        assertThat(reader.read(new HeadersChanged(OTHER, "relay-1", changed(Map.of("X-A", "1")).sealedHeaders())))
                .as("of another call").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Via", "v", "From", "To", "Call-ID", "CSeq", "Contact", "Route", "Record-Route", "Max-Forwards", "Content-Type", "Content-Length",
        "Authorization", "Proxy-Authorization", "Refer-To", "r", "Referred-By", "Replaces", "Reason", "Require", "Supported", "Allow",
        "Diversion", "P-Asserted-Identity", "Session-Expires", "Target-Dialog", "Event", "X Y", "X-A\r\nVia", "", "Y-Outcome"
    })
    void whatBelongsToSipIsLeftOut(String name) {
        assertThat(reader.read(changed(Map.of(name, "1", "User-to-User", "2")))).hasValueSatisfying(parting ->
                assertThat(parting.headers()).containsExactly(new SipHeader("User-to-User", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nVia: evil", "a\nb", "a\u0000b", "a\u0085b"})
    void aValueIsOneLine(String value) {
        assertThat(reader.read(changed(Map.of("X-A", value)))).contains(Parting.NONE);
    }

    @Test
    void countAndLengthsHaveLimits() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("X-" + i, "1");
        }
        assertThat(reader.read(changed(many)).orElseThrow().headers()).hasSize(FurtherHeaders.MOST_HEADERS);
        assertThat(reader.read(changed(Map.of("X-A", "a".repeat(FurtherHeaders.LONGEST_VALUE + 1))))).contains(Parting.NONE);
        assertThat(reader.read(changed(Map.of("X-" + "a".repeat(FurtherHeaders.LONGEST_NAME), "1")))).contains(Parting.NONE);
    }
}
