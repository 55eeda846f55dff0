package dev.trunkline.phone;

import dev.trunkline.phone.sip.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call to place. Start from {@link #to} and refine.
 *
 * @param callee      the user part of the Request-URI and of To
 * @param caller      the user part of From
 * @param displayName From's display name, if any
 * @param codecs      what to offer, in order of preference
 * @param offer       the SDP to send with the INVITE
 * @param headers     further headers, sent unchanged after ours
 * @param audio       what the call sends
 * @param listenFor   frequencies in Hz to meter in the received audio
 * @param record      whether to record the received audio ({@link Call#recording()}): 16 kB a second
 * @param listener    called for each {@link CallEvent}
 */
public record CallRequest(
        String callee,
        String caller,
        Optional<String> displayName,
        List<Codec> codecs,
        Offer offer,
        List<Header> headers,
        AudioSource audio,
        List<Integer> listenFor,
        boolean record,
        CallListener listener) {

    /** Where the INVITE's session description comes from. */
    public sealed interface Offer {
        /** Written from {@link CallRequest#codecs()}. */
        record Ours() implements Offer {}

        /** This text, in which {@code {address}} and {@code {port}} stand for the call's RTP socket. */
        record Text(String sdp) implements Offer {}

        /** None: the far end offers in its 200 and the answer goes with the ACK (RFC 3264, RFC 3261 13.2.1). */
        record Delayed() implements Offer {}
    }

    public CallRequest {
        codecs = List.copyOf(codecs);
        headers = List.copyOf(headers);
        listenFor = List.copyOf(listenFor);
        if (codecs.stream().noneMatch(Codec::audio)) {
            throw new IllegalArgumentException("offer at least one audio codec, such as PCMU");
        }
    }

    /** Returns a call to a number, from {@code +3225559999}, that offers PCMU, PCMA and telephone-event and sends silence. */
    public static CallRequest to(String callee) {
        return new CallRequest(callee, "+3225559999", Optional.empty(), List.of(Codec.values()), new Offer.Ours(), List.of(), AudioSource.silence(), List.of(), false, event -> {});
    }

    /** Returns a copy with this caller's number. */
    public CallRequest from(String number) {
        return new CallRequest(callee, number, displayName, codecs, offer, headers, audio, listenFor, record, listener);
    }

    /** Returns a copy with this display name. */
    public CallRequest named(String name) {
        return new CallRequest(callee, caller, Optional.of(name), codecs, offer, headers, audio, listenFor, record, listener);
    }

    /** Returns a copy that offers these codecs, in order of preference. */
    public CallRequest offering(Codec... offered) {
        return new CallRequest(callee, caller, displayName, List.of(offered), offer, headers, audio, listenFor, record, listener);
    }

    /** Returns a copy with this SDP instead of ours; {@code {address}} and {@code {port}} are filled in. */
    public CallRequest sdp(String text) {
        return new CallRequest(callee, caller, displayName, codecs, new Offer.Text(text), headers, audio, listenFor, record, listener);
    }

    /** Returns a copy without an SDP in the INVITE. */
    public CallRequest delayedOffer() {
        return new CallRequest(callee, caller, displayName, codecs, new Offer.Delayed(), headers, audio, listenFor, record, listener);
    }

    /** Returns a copy with one more header. */
    public CallRequest header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new CallRequest(callee, caller, displayName, codecs, offer, more, audio, listenFor, record, listener);
    }

    /** Returns a copy that sends this audio once there is a session. */
    public CallRequest saying(AudioSource source) {
        return new CallRequest(callee, caller, displayName, codecs, offer, headers, source, listenFor, record, listener);
    }

    /** Returns a copy that meters these frequencies in the received audio; the frequency of its own tone or probe is always metered. */
    public CallRequest listeningFor(Integer... hertz) {
        return new CallRequest(callee, caller, displayName, codecs, offer, headers, audio, List.of(hertz), record, listener);
    }

    /** Returns a copy that records the received audio. */
    public CallRequest recording() {
        return new CallRequest(callee, caller, displayName, codecs, offer, headers, audio, listenFor, true, listener);
    }

    /** Returns a copy with this listener instead of the previous one. */
    public CallRequest tell(CallListener who) {
        return new CallRequest(callee, caller, displayName, codecs, offer, headers, audio, listenFor, record, who);
    }
}
