package dev.trunkline.relay.voicemail;

import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.voicemail.VoicemailTerms;
import java.util.Optional;

/** Listens to a message frame by frame, and knows when it is over and how much of it is worth keeping. Pure; allocates nothing for a frame. */
public final class MessageWatch {
    static final int FRAME_MILLIS = 20;
    /** Root mean square, −46 dB of full scale: lines hiss below it, and whoever speaks is above. */
    static final int LOUD = 160;
    /** In a row: a click is no word. */
    static final int LOUD_FRAMES = 3;
    /** Kept behind the last word, for it ends softly. */
    static final int TAIL_MILLIS = 500;

    private final VoicemailTerms terms;
    private long frames;
    private long heard;
    private int loud;

    public MessageWatch(VoicemailTerms terms) {
        this.terms = terms;
    }

    /**
     * 20 ms of it.
     *
     * @return why it is over; empty while it goes on
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

    /** How long was listened. */
    public long millis() {
        return frames * FRAME_MILLIS;
    }

    /** How much counts: up to the last word and a little more; 0 where none was said. */
    public long keptMillis() {
        return heard == 0 ? 0 : Math.min(millis(), heard * FRAME_MILLIS + TAIL_MILLIS);
    }

    /** Whether enough was said. */
    public boolean isWorthKeeping() {
        return heard * FRAME_MILLIS >= terms.shortest().toMillis();
    }
}
