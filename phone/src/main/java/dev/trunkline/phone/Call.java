package dev.trunkline.phone;

import dev.trunkline.phone.sip.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * A call that this phone placed. Safe from any thread; nothing blocks but the {@code await} methods.
 * What a stage runs, it runs on the phone's thread: keep it short.
 */
public interface Call {

    /** The SIP Call-ID. */
    String callId();

    /** What was asked for. */
    CallRequest request();

    /** Completes with the outcome of the INVITE. {@link CallResult.TimedOut} here means that 64 × T1 went by without any response. */
    CompletionStage<CallResult> result();

    /** Waits for the outcome; {@link CallResult.TimedOut} if none came in that time, and the INVITE goes on. */
    CallResult awaitFinal(Duration atMost);

    /**
     * Waits for the answer.
     *
     * @throws IllegalStateException saying what came instead
     */
    CallResult.Answered awaitAnswer(Duration atMost);

    /** The 1xx responses so far. */
    List<Provisional> provisionals();

    /** Whether it is answered and not over. */
    boolean isUp();

    /** Sends BYE. Before the answer, cancels; the stage then completes with 487. */
    CompletionStage<Reply> hangUp();

    /** Sends CANCEL, as soon as a provisional response allows it (RFC 3261 9.1). Nothing happens if the call is settled. */
    void cancel();

    /** Offers the session again with this direction: SENDONLY holds, SENDRECV resumes. */
    CompletionStage<Reply> reinvite(Direction direction);

    /** Offers this SDP; {@code {address}} and {@code {port}} are filled in. */
    CompletionStage<Reply> reinvite(String sdp);

    /** Sends OPTIONS inside the dialog. */
    CompletionStage<Reply> sendOptions();

    /** Sends any other request inside the dialog, such as INFO or UPDATE. */
    CompletionStage<Reply> send(String method, List<Header> headers, String body);

    /** Keys a digit for 160 ms, as RFC 4733 events with three end packets; digits queue. */
    void sendDtmf(char digit);

    /** Keys a digit: 0–9, *, #, A–D. */
    void sendDtmf(char digit, Duration held);

    /** Says something else from now on. */
    void say(AudioSource source);

    /** Stops or resumes sending RTP, without telling the far end. */
    void transmit(boolean on);

    /** Drops off the network: closes the RTP socket and ignores all SIP of this call, with no BYE. */
    void vanish();

    /** Completes when a call that was up is over. */
    CompletionStage<CallEnd> ended();

    /** Waits for the end of a call that was up. */
    Optional<CallEnd> awaitEnd(Duration atMost);

    /** The media so far; stays readable after the end. */
    MediaReport media();

    /** The strongest frequency of the last 200 ms heard, Hz to the nearest 10; empty if no one frequency stands out. */
    OptionalInt toneNow();

    /** What was heard, 16 bit at 8,000 a second, silence where packets were lost; empty unless {@link CallRequest#recording()}. */
    short[] recording();
}
