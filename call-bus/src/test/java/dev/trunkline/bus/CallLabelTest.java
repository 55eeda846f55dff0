package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.TrunkRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLabelTest {
    private static final String ID = "019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e";
    private static final CallId CALL = CallId.of(ID);

    private static String ofTrunk(String name) {
        return CallLabel.of(CALL, new TrunkRef("t", name)).toString();
    }

    @Test
    void whatIsKnownStandsInOneOrder() {
        assertThat(CallLabel.of(CALL)).hasToString("call=" + ID);
        assertThat(ofTrunk("yeastar")).isEqualTo("call=" + ID + " trunk=yeastar");
        assertThat(CallLabel.of(CALL, new OrganisationRef("o", "acme"), new TrunkRef("t", "yeastar")))
                .hasToString("call=" + ID + " organisation=acme trunk=yeastar");
    }

    @Test
    void aNameOfSeveralWordsIsQuoted() {
        assertThat(ofTrunk("Demo PBX")).endsWith(" trunk=\"Demo PBX\"");
        assertThat(ofTrunk("the \"old\" one")).endsWith(" trunk=\"the 'old' one\"");
        assertThat(ofTrunk("")).endsWith(" trunk=\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "a\u2028b", "a\u0085b"})
    void aNameNeverBeginsALine(String name) {
        assertThat(ofTrunk(name)).endsWith("a b\"").doesNotContain(name);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(ofTrunk("x".repeat(500))).endsWith("trunk=" + "x".repeat(CallLabel.LONGEST_NAME) + "…");
    }
}
