package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.dtls.DtlsIdentity;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What all rooms of a process share.
 *
 * @param waiting gives each task a virtual thread
 */
public record RtcContext(
        RtcSettings settings, HttpClient http, DtlsIdentity identity, SecureRandom random, Clock clock, Executor waiting) {
}
