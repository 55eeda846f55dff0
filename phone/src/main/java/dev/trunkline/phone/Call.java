package dev.trunkline.phone;

import dev.trunkline.phone.sip.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * A call that this phone placed. Thread-safe; only the {@code await} methods block. Callbacks of completion stages run on the
 * phone's thread: keep them short.
 */
public interface Call {

    /** Returns the SIP Call-ID. */
    String callId();

    /** Returns the request that the call was placed with. */
    CallRequest request();

    /** Completes with the outcome of the INVITE. {@link CallResult.TimedOut} here means that there was no response for 64 × T1. */
    CompletionStage<CallResult> result();

    /** Waits for the outcome; returns {@link CallResult.TimedOut} if there is none in that time, and the INVITE continues. */
    CallResult awaitFinal(Duration atMost);

    /**
     * Waits for the answer.
     *
     * @throws IllegalStateException with the outcome if it is not an answer
     */
    CallResult.Answered awaitAnswer(Duration atMost);

    /** Returns the 1xx responses so far. */
    List<Provisional> provisionals();

    /** Returns whether the call is answered and not over. */
    boolean isUp();

    /** Sends BYE. Before the answer it cancels the call, and the stage completes with 487. */
    CompletionStage<Reply> hangUp();

    /** Sends CANCEL as soon as a provisional response allows it (RFC 3261 9.1). Has no effect if the call has its outcome. */
    void cancel();

    /** Offers the session again with this direction: SENDONLY holds, SENDRECV resumes. */
    CompletionStage<Reply> reinvite(Direction direction);

    /** Offers this SDP; {@code {address}} and {@code {port}} are filled in. */
    CompletionStage<Reply> reinvite(String sdp);

    /** Sends OPTIONS inside the dialog. */
    CompletionStage<Reply> sendOptions();

    /** Sends any other request inside the dialog, such as INFO or UPDATE. */
    CompletionStage<Reply> send(String method, List<Header> headers, String body);

    /** Sends a digit for 160 ms, as RFC 4733 events with three end packets; digits are queued. */
    void sendDtmf(char digit);

    /** Sends a digit: 0–9, *, #, A–D. */
    void sendDtmf(char digit, Duration held);

    /** Sends different audio from now on. */
    void say(AudioSource source);

    /** Stops or resumes sending RTP without telling the far end. */
    void transmit(boolean on);

    /** Disappears from the network: closes the RTP socket and ignores all SIP of this call, without a BYE. */
    void vanish();

    /** Completes when an established call is over. */
    CompletionStage<CallEnd> ended();

    /** Waits for the end of an established call. */
    Optional<CallEnd> awaitEnd(Duration atMost);

    /** Returns the media report so far; available after the end too. */
    MediaReport media();

    /**
     * Returns the strongest frequency in the last 200 ms received, in Hz to the nearest 10; empty if no single frequency stands
     * out.
     */
    OptionalInt toneNow();

    /**
     * Returns the received audio, 16 bit at 8,000 samples a second, with silence where packets were lost; empty unless {@link
     * CallRequest#recording()}.
     */
    short[] recording();
}
