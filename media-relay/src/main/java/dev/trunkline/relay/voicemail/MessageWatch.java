package dev.trunkline.relay.voicemail;

import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.voicemail.VoicemailTerms;
import java.util.Optional;

/** Follows a message frame by frame, and detects when it is over and how much of it to keep. Pure; allocates nothing per frame. */
public final class MessageWatch {
    static final int FRAME_MILLIS = 20;
    /** Root mean square, −46 dB of full scale: line noise is below it, and speech is above. */
    static final int LOUD = 160;
    /** Loud frames in a row that make a word: a click is not one. */
    static final int LOUD_FRAMES = 3;
    /** Kept after the last word, because it ends softly. */
    static final int TAIL_MILLIS = 500;

    private final VoicemailTerms terms;
    private long frames;
    private long heard;
    private int loud;

    public MessageWatch(VoicemailTerms terms) {
        this.terms = terms;
    }

    /**
     * Takes 20 ms of it.
     *
     * @return why it is over; empty while it continues
     */
    public Optional<MessageEnd> frame(short[] samples, int count) {
        frames++;
        loud = isLoud(samples, count) ? loud + 1 : 0;
        if (loud >= LOUD_FRAMES) {
            heard = frames;
        }
        if (millis() >= terms.longest().toMillis()) {
            return Optional.of(MessageEnd.LONGEST);
        }
        boolean silent = terms.silence().isPositive() && (frames - heard) * FRAME_MILLIS >= terms.silence().toMillis();
        return silent ? Optional.of(MessageEnd.SILENCE) : Optional.empty();
    }

    private static boolean isLoud(short[] samples, int count) {
        long power = 0;
        for (int i = 0; i < count; i++) {
            power += samples[i] * samples[i];
        }
        return power > (long) LOUD * LOUD * count;
    }

    /** Returns how long the message has lasted so far. */
    public long millis() {
        return frames * FRAME_MILLIS;
    }

    /** Returns how much counts: up to the last word and a little more; 0 if none was said. */
    public long keptMillis() {
        return heard == 0 ? 0 : Math.min(millis(), heard * FRAME_MILLIS + TAIL_MILLIS);
    }

    /** Returns whether enough was said. */
    public boolean isWorthKeeping() {
        return heard * FRAME_MILLIS >= terms.shortest().toMillis();
    }
}
