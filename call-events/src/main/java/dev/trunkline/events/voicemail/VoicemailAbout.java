package dev.trunkline.events.voicemail;

import dev.trunkline.events.CallId;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a message when its recording begins; sealed with it.
 *
 * @param sampleRate of its samples in Hz: 8000 or 16000
 * @param keepDays how long it is kept
 * @param shortestMillis a shorter message is not kept
 */
public record VoicemailAbout(CallId callId, Instant recordedAt, int sampleRate, int keepDays, int shortestMillis) {
    public Instant keptUntil() {
        return recordedAt.plus(Duration.ofDays(keepDays));
    }
}
