package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.dtls.DtlsIdentity;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * Shared by all rooms of a process.
 *
 * @param waiting runs each task on a virtual thread
 */
public record RtcContext(
        RtcSettings settings, HttpClient http, DtlsIdentity identity, SecureRandom random, Clock clock, Executor waiting) {
}
