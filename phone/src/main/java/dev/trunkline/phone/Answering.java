package dev.trunkline.phone;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link AnsweringPhone} does with a call. Start from {@link #after}, {@link #refusing} or {@link #never} and refine.
 *
 * @param after      from the INVITE to the final response; empty rings until the caller gives up
 * @param status     of the final response: 200, or 300 to 699
 * @param earlyMedia whether it rings with a 183 that has a session description, and sends audio at once, instead of with a 180
 * @param talking    how long it talks before it hangs up; empty leaves that to the caller
 * @param audio      what it sends
 * @param listenFor  frequencies in Hz to meter in the received audio
 * @param codecs     what it accepts, including telephone-event
 * @param digest     the credentials that it first requires with a 401; empty requires none
 * @param listener   called for each {@link CallEvent}
 */
public record Answering(
        Optional<Duration> after,
        int status,
        boolean earlyMedia,
        Optional<Duration> talking,
        AudioSource audio,
        List<Integer> listenFor,
        List<Codec> codecs,
        Optional<Digest> digest,
        CallListener listener) {

    public Answering {
        listenFor = List.copyOf(listenFor);
        codecs = List.copyOf(codecs);
        if (status != 200 && (status < 300 || status > 699)) {
            throw new IllegalArgumentException("a call must end its INVITE with 200 or 300 to 699, not " + status);
        }
        if (after.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("it cannot answer before it is called: " + after.get());
        }
    }

    /** Rings for this long, answers, and echoes the received audio. */
    public static Answering after(Duration ringing) {
        return new Answering(
                Optional.of(ringing), 200, false, Optional.empty(), new AudioSource.Echo(), List.of(), List.of(Codec.values()),
                Optional.empty(), event -> {});
    }

    /** Rings for this long and rejects the call, for example with 486. */
    public static Answering refusing(int status, Duration ringing) {
        Answering answering = after(ringing);
        return new Answering(answering.after, status, false, Optional.empty(), answering.audio, List.of(), answering.codecs, Optional.empty(), answering.listener);
    }

    /** Rings until the caller gives up. */
    public static Answering never() {
        Answering answering = after(Duration.ZERO);
        return new Answering(Optional.empty(), 200, false, Optional.empty(), answering.audio, List.of(), answering.codecs, Optional.empty(), answering.listener);
    }

    /** Returns a copy that rings with a 183 that has a session description. */
    public Answering withEarlyMedia() {
        return new Answering(after, status, true, talking, audio, listenFor, codecs, digest, listener);
    }

    /** Returns a copy that hangs up after this talk time. */
    public Answering talkingFor(Duration time) {
        return new Answering(after, status, earlyMedia, Optional.of(time), audio, listenFor, codecs, digest, listener);
    }

    /** Returns a copy that sends this audio. */
    public Answering saying(AudioSource source) {
        return new Answering(after, status, earlyMedia, talking, source, listenFor, codecs, digest, listener);
    }

    /** Returns a copy that meters these frequencies in the received audio. */
    public Answering listeningFor(Integer... hertz) {
        return new Answering(after, status, earlyMedia, talking, audio, List.of(hertz), codecs, digest, listener);
    }

    /** Returns a copy that accepts only these codecs. */
    public Answering taking(Codec... taken) {
        return new Answering(after, status, earlyMedia, talking, audio, listenFor, List.of(taken), digest, listener);
    }

    /** Returns a copy that first asks for a password. */
    public Answering asking(String user, String password) {
        return new Answering(after, status, earlyMedia, talking, audio, listenFor, codecs, Optional.of(new Digest(user, password)), listener);
    }

    /** Returns a copy with this listener instead of the previous one. */
    public Answering tell(CallListener who) {
        return new Answering(after, status, earlyMedia, talking, audio, listenFor, codecs, digest, who);
    }
}
