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

/** A call that an {@link AnsweringPhone} was called by. Safe from any thread; nothing blocks but the {@code await} methods. */
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

    /** The INVITE that came. */
    public SipRequest invite() {
        return invite;
    }

    /** The user part of the Request-URI. */
    public String called() {
        return user(invite.uri());
    }

    /** The user part of From. */
    public String from() {
        return user(SipUri.ofAddress(invite.headers().require("From")));
    }

    private static String user(String uri) {
        int at = uri.indexOf('@');
        return at < 0 ? "" : uri.substring(uri.indexOf(':') + 1, at).split(";", 2)[0];
    }

    /**
     * Completes with what became of it: {@link CallResult.Answered} once the ACK of our 200 came, {@link CallResult.Refused} with our own
     * status, {@link CallResult.Cancelled} by the caller's CANCEL, {@link CallResult.TimedOut} if no ACK came.
     */
    public CompletionStage<CallResult> result() {
        return facts.result();
    }

    /** Waits for what becomes of it; {@link CallResult.TimedOut} if that is not known by then. */
    public CallResult awaitFinal(Duration atMost) {
        return Waiting.on(facts.result(), atMost).orElseGet(() -> new CallResult.TimedOut(atMost));
    }

    /** Whether it is answered, acknowledged and not over. */
    public boolean isUp() {
        return facts.isUp();
    }

    /** Sends BYE. Before the answer, refuses with 480. */
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

    /** Keys a digit for 160 ms, as RFC 4733 events with three end packets; digits queue. */
    public void sendDtmf(char digit) {
        rtp.key(digit, DIGIT);
    }

    /** Says something else from now on. */
    public void say(AudioSource source) {
        rtp.say(source);
    }

    /** Drops off the network: closes the RTP socket and ignores all SIP of this call, with no BYE. */
    public void vanish() {
        line.loop().execute(signalling::vanish);
    }

    /** Completes when a call that was up is over. */
    public CompletionStage<CallEnd> ended() {
        return facts.ended();
    }

    /** Waits for the end of a call that was up. */
    public Optional<CallEnd> awaitEnd(Duration atMost) {
        return Waiting.on(facts.ended(), atMost);
    }

    /** The media so far; stays readable after the end. */
    public MediaReport media() {
        return rtp.report();
    }

    /** The strongest frequency of the last 200 ms heard, Hz to the nearest 10; empty if no one frequency stands out. */
    public OptionalInt toneNow() {
        return rtp.toneNow();
    }
}
