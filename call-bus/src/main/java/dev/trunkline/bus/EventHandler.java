package dev.trunkline.bus;

import dev.trunkline.events.Envelope;
import java.util.concurrent.CompletionStage;

/**
 * Handles one event of a group. Events of one call come one after another, on a virtual thread, so a handler may wait;
 * different calls do not wait for each other. An event counts as handled when the stage completes, and comes again
 * (here or in another replica) if the process dies before; handling it twice must change nothing.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * @return completes when the event need not come again. Later events of the same call do not wait for the stage,
     *     only for this method to return
     */
    CompletionStage<Void> handle(Envelope envelope) throws Exception;
}
