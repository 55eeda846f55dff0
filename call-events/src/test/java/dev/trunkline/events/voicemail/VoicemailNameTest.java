package dev.trunkline.events.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.MessageEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoicemailNameTest {
    private static final String ORGANISATION = "6f1d2c3b-4a59-4e68-8b77-96a5b4c3d2e1";
    private static final UUID MESSAGE = UUID.fromString("019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e");

    private static VoicemailName name(MessageEnd ended) {
        return new VoicemailName(
                ORGANISATION, MESSAGE, new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e")),
                Instant.parse("2026-03-02T09:15:42.100Z"), Duration.ofMillis(8_400), ended, Instant.parse("2026-04-01T09:15:42.100Z"));
    }

    @ParameterizedTest
    @EnumSource(MessageEnd.class)
    void aKeySaysAllThatAListSays(MessageEnd ended) {
        assertThat(VoicemailName.parse(name(ended).key())).contains(name(ended));
    }

    @Test
    void aKeyBeginsWithTheOrganisationAndTheMessage() {
        assertThat(name(MessageEnd.KEY).key()).startsWith(VoicemailName.of(ORGANISATION)).startsWith(VoicemailName.of(ORGANISATION, MESSAGE))
                .isEqualTo(ORGANISATION + "/" + MESSAGE + ".019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e.1772442942100.8400.key.1775034942100.voicemail");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "a", "a/b", "/a.b.1.2.key.3.voicemail", "a/b.c.1.2.key.3.voicemail",
        "a/019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e.019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e.1.2.nobody.3.voicemail",
        "a/019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e.019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e.1.2.key.99999999999999999999.voicemail",
        "a/019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e.019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e.1.2.key.3.voicemail.more",
        "a/019a8c3e-9b7d-7c41-9d2e-3f1a2b4c5d6e.019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e.1.2.key.3.wav"})
    void whatIsSomebodyElsesIsNoMessage(String key) {
        assertThat(VoicemailName.parse(key)).isEmpty();
    }
}
