package dev.trunkline.edge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.sip.message.Party;
import dev.trunkline.sip.message.SipUri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerstatTest {
    private static Optional<String> of(String from, String... asserted) {
        var party = new Party(from, SipUri.user(from), "carrier.example", Optional.empty(), Optional.of("t"));
        return Verstat.of(Requests.invite(party, Map.of("p-asserted-identity", List.of(asserted)), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "<tel:+12155551212;verstat=TN-Validation-Passed>, TN-Validation-Passed",
        "<sip:+12155551212;verstat=TN-Validation-Failed@carrier.example;user=phone>, TN-Validation-Failed",
        "\"John Doe\" <sip:+12155551212@carrier.example;verstat=TN-Validation-Passed-B>, TN-Validation-Passed-B",
        "<sip:+12155551212@carrier.example;VERSTAT=No-TN-Validation;user=phone>, No-TN-Validation",
        "<sip:+12155551212@carrier.example>;verstat=TN-Validation-Passed, TN-Validation-Passed",
        "tel:+12155551212;verstat=TN-Validation-Passed, TN-Validation-Passed",
    })
    void readsTheAssertedIdentity(String asserted, String verstat) {
        assertThat(of("sip:x@y", asserted)).contains(verstat);
    }

    @Test
    void readsFromWhereTheAssertedIdentitySaysNothing() {
        assertThat(of("sip:+1215;verstat=TN-Validation-Passed@y", "<sip:+1215@carrier.example>")).contains("TN-Validation-Passed");
        assertThat(of("sip:+1215;verstat=TN-Validation-Passed@y", "<tel:+1215;verstat=No-TN-Validation>"))
                .as("what the trunk asserts goes first").contains("No-TN-Validation");
        assertThat(of("sip:+1215@y", "<sip:a@b>", "<tel:+1215;verstat=No-TN-Validation>")).contains("No-TN-Validation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:+1215@y", "sip:+1215;verstat@y", "sip:+1215;verstat=@y",
        "sip:+1215;xverstat=a@y", "sip:+1215;verstat=a%20b@y", "sip:verstat@y"})
    void otherwiseThereIsNone(String from) {
        assertThat(of(from)).isEmpty();
    }
}
