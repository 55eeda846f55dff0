package dev.trunkline.rtc;

import java.util.Objects;

/** What participants send each other besides audio: LiveKit's {@code DataPacket}, as far as this library supports it. */
public sealed interface DataMessage {

    /**
     * Bytes of an application.
     *
     * @param topic    may be empty
     * @param payload  the array itself, not a copy; at most about 15 KiB, LiveKit's limit for reliable packets
     * @param reliable true: ordered and resent when lost; false: at most once
     */
    record UserData(String topic, byte[] payload, boolean reliable) implements DataMessage {
        public UserData {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(payload, "payload");
        }
    }

    /**
     * A DTMF key from or to the telephone network.
     *
     * @param code  RFC 4733 event, 0 to 15 ({@code *} is 10, {@code #} is 11)
     * @param digit the same as one character
     */
    record SipDtmf(int code, String digit) implements DataMessage {
        public SipDtmf {
            Objects.requireNonNull(digit, "digit");
        }
    }
}
