package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MessageRecorded;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.RouterApi;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller whose agent does not come leaves a message, which only its organisation can hear. */
@ExtendWith(SuiteExtension.class)
class VoicemailIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int TONE = 640;
    private static final String NUMBER = "+3225551795";

    private final SuiteUnderTest suite;

    VoicemailIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aCallerLeavesAMessageThatItsOrganisationHearsAndNoOther() throws Exception {
        suite.apply("""
                organisations:
                  - name: listening
                    config: {voicemail: {messages: true, longest_seconds: 5}}
                    numbers: [{phone_number: "+3225551795", max_concurrent_calls: 5}]
                  - {name: curious}
                rules:
                  - {name: listening, organisation: listening, trunks: [demo], type: individual, agents: [{name: nobody-of-this-name}],
                     patience_seconds: 1, fallback: [{voicemail: it-ask}]}
                """);
        MessageRecorded recorded;
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(NUMBER).from("+32470870012").saying(AudioSource.tone(TONE)));
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            recorded = log.await(MessageRecorded.class, PATIENCE);
            log.assertEnded(EndReason.MESSAGE_LEFT, PATIENCE);
        }
        RouterApi listening = suite.asTenantOf("listening");
        RouterApi curious = suite.asTenantOf("curious");
        JsonNode listed = listening.json("GET", "/messages", "").path("messages");
        assertThat(listed).singleElement().satisfies(one -> {
            assertThat(one.path("id").asText()).isEqualTo(recorded.message().toString());
            assertThat(one.path("seconds").asDouble()).isEqualTo(5.0);
        });
        assertThat(share(listening.octets("/messages/" + recorded.message()))).as("of the message the tone").isGreaterThan(0.8);
        assertThat(curious.send("GET", "/messages/" + recorded.message(), "").statusCode()).isEqualTo(404);
        assertThat(curious.json("GET", "/messages", "").path("messages")).isEmpty();
        assertThat(listening.send("DELETE", "/messages/" + recorded.message(), "").statusCode()).isEqualTo(204);
        assertThat(listening.send("GET", "/messages/" + recorded.message(), "").statusCode()).isEqualTo(404);
    }

    /** Returns the tone's share of a WAV file, by pieces of 50 ms: on a busy machine, a late packet shifts those after it. */
    private static double share(byte[] wav) {
        ByteBuffer samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        int rate = samples.getInt(24);
        int piece = rate / 20;
        double tone = 0;
        double all = 0;
        for (int from = 0; from + piece <= (wav.length - 44) / 2; from += piece) {
            double real = 0;
            double imaginary = 0;
            for (int i = from; i < from + piece; i++) {
                double sample = samples.getShort(44 + 2 * i);
                real += sample * Math.cos(2 * Math.PI * TONE * i / rate);
                imaginary += sample * Math.sin(2 * Math.PI * TONE * i / rate);
                all += sample * sample;
            }
            tone += 2 * (real * real + imaginary * imaginary) / piece;
        }
        return tone / all;
    }
}
