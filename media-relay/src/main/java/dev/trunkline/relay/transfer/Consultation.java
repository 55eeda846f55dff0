package dev.trunkline.relay.transfer;

import dev.trunkline.events.CallId;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Whom a caller is to be handed over to speaks with the agent first: how far that is, and what may still be done. Not thread-safe.
 *
 * <pre>
 *   calling --answered--> consulting --complete--> joining
 *      |                      |
 *      `--cancel, given up----'--the key--> ending
 * </pre>
 *
 * From joining and ending on the edge has the word: it says that the hand-over succeeded or failed.
 */
public final class Consultation {
    /**
     * @param longest how long the two may speak before the caller is back with the agent
     * @param decline the key by which whoever is called declines; empty for none
     */
    public record Terms(Duration longest, Optional<DtmfKey> decline) {}

    private enum Stage { CALLING, CONSULTING, JOINING, ENDING }

    private final CallId leg;
    private final Optional<DtmfKey> decline;
    private Stage stage = Stage.CALLING;

    /** @param leg the call that is made for it */
    public Consultation(CallId leg, Terms terms) {
        this.leg = leg;
        this.decline = terms.decline();
    }

    /** A call was answered. @return whether it is this one, and the two may speak now */
    public boolean answered(CallId call) {
        if (stage != Stage.CALLING || !call.equals(leg)) {
            return false;
        }
        stage = Stage.CONSULTING;
        return true;
    }

    /** The caller is to be joined with whom was called. @throws TransferRefusal where that cannot be, or not yet */
    public void complete() throws TransferRefusal {
        switch (stage) {
            case CALLING -> throw TransferRefusal.notNow("Whom the caller is to be handed over to has not answered yet.");
            case CONSULTING -> stage = Stage.JOINING;
            case JOINING -> throw TransferRefusal.notNow("The caller is being joined with the target already.");
            case ENDING -> throw TransferRefusal.notNow("The hand-over is being given up.");
        }
    }

    /** The caller is to be back with the agent. @throws TransferRefusal where that is being done, or is too late */
    public void cancel() throws TransferRefusal {
        switch (stage) {
            case CALLING, CONSULTING -> stage = Stage.ENDING;
            case JOINING -> throw TransferRefusal.notNow("The caller is being joined with the target: that is not taken back.");
            case ENDING -> throw TransferRefusal.notNow("The hand-over is being given up already.");
        }
    }

    /** Nobody waits for its end any more. @return whether the call that is made for it is to be ended */
    public boolean giveUp() {
        if (stage != Stage.CALLING && stage != Stage.CONSULTING) {
            return false;
        }
        stage = Stage.ENDING;
        return true;
    }

    /** Whoever was called pressed a key. @return whether that declines the caller */
    public boolean declines(DtmfKey key) {
        return stage == Stage.CONSULTING && decline.filter(key::equals).isPresent() && giveUp();
    }
}
