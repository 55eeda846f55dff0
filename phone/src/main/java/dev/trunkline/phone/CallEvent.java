package dev.trunkline.phone;

import dev.trunkline.phone.sip.SipRequest;

/** Something that happened on a call. {@code atNanos} counts from the first INVITE. */
public sealed interface CallEvent {
    long atNanos();

    /** A 1xx arrived. */
    record Progress(long atNanos, Provisional response) implements CallEvent {}

    /** The call has its outcome. */
    record Settled(long atNanos, CallResult result) implements CallEvent {}

    /** The first RTP packet arrived. */
    record FirstPacket(long atNanos) implements CallEvent {}

    /** A burst of the {@link AudioSource.EchoProbe} came back. */
    record Echo(long atNanos, double delayMillis) implements CallEvent {}

    /** The far end sent a digit (RFC 4733). */
    record DigitHeard(long atNanos, ReceivedDigit digit) implements CallEvent {}

    /** The far end sent a request inside the dialog, which the phone has answered with {@code status}. */
    record RequestReceived(long atNanos, SipRequest request, int status) implements CallEvent {}

    /** An established call is over. */
    record Over(long atNanos, CallEnd end) implements CallEvent {}
}
