package dev.trunkline.phone;

import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.SipRequest;
import dev.trunkline.phone.sip.SipUri;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** A call that an {@link AnsweringPhone} received. Thread-safe; only the {@code await} methods block. */
public final class TakenCall {

    private static final Duration DIGIT = Duration.ofMillis(160);

    private final PhoneLine line;
    private final SipRequest invite;
    private final CallFacts facts;
    private final RtpSession rtp;
    private final TakenSignalling signalling;

    TakenCall(PhoneLine line, Answering answering, SipRequest invite, InetSocketAddress source) throws IOException {
        this.line = line;
        this.invite = invite;
        facts = new CallFacts(answering.listener());
        CallRequest request = new CallRequest(
                "", "", Optional.empty(), answering.codecs(), new CallRequest.Offer.Ours(), List.of(), answering.audio(),
                answering.listenFor(), false, answering.listener());
        rtp = line.openRtp(request, facts);
        signalling = new TakenSignalling(line, answering, invite, source, new CallSession(request, rtp), rtp, facts);
    }

    void start() {
        signalling.start();
    }

    /** Returns the received INVITE. */
    public SipRequest invite() {
        return invite;
    }

    /** Returns the user part of the Request-URI. */
    public String called() {
        return user(invite.uri());
    }

    /** Returns the user part of From. */
    public String from() {
        return user(SipUri.ofAddress(invite.headers().require("From")));
    }

    private static String user(String uri) {
        int at = uri.indexOf('@');
        return at < 0 ? "" : uri.substring(uri.indexOf(':') + 1, at).split(";", 2)[0];
    }

    /**
     * Completes with the outcome: {@link CallResult.Answered} once the ACK of our 200 has arrived, {@link CallResult.Refused}
     * with our own status, {@link CallResult.Cancelled} after the caller's CANCEL, {@link CallResult.TimedOut} if no ACK
     * arrived.
     */
    public CompletionStage<CallResult> result() {
        return facts.result();
    }

    /** Waits for the outcome; returns {@link CallResult.TimedOut} if it is not known by then. */
    public CallResult awaitFinal(Duration atMost) {
        return Waiting.on(facts.result(), atMost).orElseGet(() -> new CallResult.TimedOut(atMost));
    }

    /** Returns whether the call is answered, acknowledged and not over. */
    public boolean isUp() {
        return facts.isUp();
    }

    /** Sends BYE. Before the answer it rejects the call with 480. */
    public CompletionStage<Reply> hangUp() {
        return line.onLoop(signalling::hangUp);
    }

    /** Offers the session again with this direction: SENDONLY holds, SENDRECV resumes. */
    public CompletionStage<Reply> reinvite(Direction direction) {
        return line.onLoop(reply -> signalling.reinvite(direction, reply));
    }

    /** Sends any other request inside the dialog, such as REFER. */
    public CompletionStage<Reply> send(String method, List<Header> headers, String body) {
        return line.onLoop(reply -> signalling.send(method, headers, body, reply));
    }

    /** Sends a digit for 160 ms, as RFC 4733 events with three end packets; digits are queued. */
    public void sendDtmf(char digit) {
        rtp.key(digit, DIGIT);
    }

    /** Sends different audio from now on. */
    public void say(AudioSource source) {
        rtp.say(source);
    }

    /** Disappears from the network: closes the RTP socket and ignores all SIP of this call, without a BYE. */
    public void vanish() {
        line.loop().execute(signalling::vanish);
    }

    /** Completes when an established call is over. */
    public CompletionStage<CallEnd> ended() {
        return facts.ended();
    }

    /** Waits for the end of an established call. */
    public Optional<CallEnd> awaitEnd(Duration atMost) {
        return Waiting.on(facts.ended(), atMost);
    }

    /** Returns the media report so far; available after the end too. */
    public MediaReport media() {
        return rtp.report();
    }

    /** Returns the strongest frequency in the last 200 ms received, in Hz to the nearest 10; empty if no single frequency stands out. */
    public OptionalInt toneNow() {
        return rtp.toneNow();
    }
}
