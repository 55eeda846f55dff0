package dev.trunkline.edge.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The call that a tag of ours names. */
class CallTagTest {
    private static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000002");

    @Test
    void aTagOfOursNamesItsCallAndNoTwoOfOneCallAreTheSame() {
        assertThat(CallTag.call(CallTag.of("1f0c", CALL))).contains(CALL);
        assertThat(CallTag.call(CallTag.of("", CALL))).contains(CALL);
        assertThat(CallTag.of("1f0c", CALL)).isNotEqualTo(CallTag.of("1f0d", CALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "1f0c", "1f0c.", "01900000-0000-7000-8000-000000000002", "1f0c.01900000-0000-7000-8000-00000000000", "as5a.4ee7-b",
        "1f0c.01900000-0000-7000-8000-00000000000g", "1f0c.01900000-0000-7000-8000-0000000000021", "1f0c.1-1-1-1-10000000000000000000000000000",
        "1f0c.01900000-0000-7000-8000-00000000000A"
    })
    void anyOtherTagNamesNone(String tag) {
        assertThat(CallTag.call(tag)).isEmpty();
    }
}
