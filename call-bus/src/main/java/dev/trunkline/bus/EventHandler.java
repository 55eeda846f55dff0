package dev.trunkline.bus;

import dev.trunkline.events.Envelope;
import java.util.concurrent.CompletionStage;

/**
 * Handles one event of a group. Events of one call arrive one after another, on a virtual thread, so a handler may
 * block; different calls do not wait for each other. An event counts as handled when the stage completes. If the
 * process dies before, the event is redelivered (here or to another replica), so handling must be idempotent.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * @return completes when the event need not be redelivered. Later events of the same call do not wait for the
     *     stage, only for this method to return
     */
    CompletionStage<Void> handle(Envelope envelope) throws Exception;
}
