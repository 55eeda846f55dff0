package dev.trunkline.phone;

import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** A {@link Call} for its user's threads: hands each action to the SIP thread, and waits where its user asks for that. */
final class PhoneCall implements Call {

    private static final Duration DIGIT = Duration.ofMillis(160);

    private final PhoneLine line;
    private final CallRequest request;
    private final CallFacts facts;
    private final RtpSession rtp;
    private final CallSignalling signalling;

    PhoneCall(PhoneLine line, CallRequest request) throws IOException {
        this.line = line;
        this.request = request;
        facts = new CallFacts(request.listener());
        rtp = line.openRtp(request, facts);
        signalling = new CallSignalling(line, request, new CallSession(request, rtp), rtp, facts);
    }

    void start() {
        line.loop().execute(signalling::start);
    }

    @Override
    public String callId() {
        return signalling.callId();
    }

    @Override
    public CallRequest request() {
        return request;
    }

    @Override
    public CompletionStage<CallResult> result() {
        return facts.result();
    }

    @Override
    public CallResult awaitFinal(Duration atMost) {
        return Waiting.on(facts.result(), atMost).orElseGet(() -> new CallResult.TimedOut(atMost));
    }

    @Override
    public CallResult.Answered awaitAnswer(Duration atMost) {
        return switch (awaitFinal(atMost)) {
            case CallResult.Answered answered -> answered;
            case CallResult other -> throw new IllegalStateException("the call was not answered: " + other + " after " + provisionals());
        };
    }

    @Override
    public List<Provisional> provisionals() {
        return facts.provisionals();
    }

    @Override
    public boolean isUp() {
        return facts.isUp();
    }

    @Override
    public CompletionStage<Reply> hangUp() {
        return line.onLoop(signalling::hangUp);
    }

    @Override
    public void cancel() {
        line.loop().execute(signalling::cancel);
    }

    @Override
    public CompletionStage<Reply> reinvite(Direction direction) {
        return line.onLoop(reply -> signalling.reinvite(session -> session.offer(direction), reply));
    }

    @Override
    public CompletionStage<Reply> reinvite(String sdp) {
        return line.onLoop(reply -> signalling.reinvite(session -> session.offer(sdp), reply));
    }

    @Override
    public CompletionStage<Reply> sendOptions() {
        return send("OPTIONS", List.of(new Header("Accept", "application/sdp")), "");
    }

    @Override
    public CompletionStage<Reply> send(String method, List<Header> headers, String body) {
        return line.onLoop(reply -> signalling.send(method, headers, body, reply));
    }

    @Override
    public void sendDtmf(char digit) {
        sendDtmf(digit, DIGIT);
    }

    @Override
    public void sendDtmf(char digit, Duration held) {
        rtp.key(digit, held);
    }

    @Override
    public void say(AudioSource source) {
        rtp.say(source);
    }

    @Override
    public void transmit(boolean on) {
        rtp.transmit(on);
    }

    @Override
    public void vanish() {
        line.loop().execute(signalling::vanish);
    }

    @Override
    public CompletionStage<CallEnd> ended() {
        return facts.ended();
    }

    @Override
    public Optional<CallEnd> awaitEnd(Duration atMost) {
        return Waiting.on(facts.ended(), atMost);
    }

    @Override
    public MediaReport media() {
        return rtp.report();
    }

    @Override
    public OptionalInt toneNow() {
        return rtp.toneNow();
    }

    @Override
    public short[] recording() {
        return rtp.recording();
    }
}
