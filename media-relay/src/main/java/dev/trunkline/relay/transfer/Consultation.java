package dev.trunkline.relay.transfer;

import dev.trunkline.events.CallId;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.time.Duration;
import java.util.Optional;

/**
 * A warm hand-over, in which the target speaks with the agent first: its stage, and what may still be done. Not thread-safe.
 *
 * <pre>
 *   calling --answered--> consulting --complete--> joining
 *      |                      |
 *      `--cancel, given up----'--the key--> ending
 * </pre>
 *
 * From joining and ending on, the edge decides: it says whether the hand-over succeeded or failed.
 */
public final class Consultation {
    /**
     * @param longest how long the two may speak before the caller returns to the agent
     * @param decline the key by which the target declines; empty for none
     */
    public record Terms(Duration longest, Optional<DtmfKey> decline) {}

    private enum Stage { CALLING, CONSULTING, JOINING, ENDING }

    private final CallId leg;
    private final Optional<DtmfKey> decline;
    private Stage stage = Stage.CALLING;

    /** @param leg the call that is made to the target */
    public Consultation(CallId leg, Terms terms) {
        this.leg = leg;
        this.decline = terms.decline();
    }

    /** A call was answered. @return whether it is this one, so the two may speak now */
    public boolean answered(CallId call) {
        if (stage != Stage.CALLING || !call.equals(leg)) {
            return false;
        }
        stage = Stage.CONSULTING;
        return true;
    }

    /** Starts joining the caller with the target. @throws TransferRefusal if that is impossible, or not possible yet */
    public void complete() throws TransferRefusal {
        switch (stage) {
            case CALLING -> throw TransferRefusal.notNow("The target of the transfer has not answered yet.");
            case CONSULTING -> stage = Stage.JOINING;
            case JOINING -> throw TransferRefusal.notNow("The caller is already being connected to the target.");
            case ENDING -> throw TransferRefusal.notNow("The hand-over is being abandoned.");
        }
    }

    /** Starts returning the caller to the agent. @throws TransferRefusal if that is already happening, or too late */
    public void cancel() throws TransferRefusal {
        switch (stage) {
            case CALLING, CONSULTING -> stage = Stage.ENDING;
            case JOINING -> throw TransferRefusal.notNow("The caller is being connected to the target, which cannot be cancelled.");
            case ENDING -> throw TransferRefusal.notNow("The hand-over is already being abandoned.");
        }
    }

    /** Nobody waits for its end any more. @return whether the call to the target is to be ended */
    public boolean giveUp() {
        if (stage != Stage.CALLING && stage != Stage.CONSULTING) {
            return false;
        }
        stage = Stage.ENDING;
        return true;
    }

    /** The target pressed a key. @return whether that declines the caller */
    public boolean declines(DtmfKey key) {
        return stage == Stage.CONSULTING && decline.filter(key::equals).isPresent() && giveUp();
    }
}
