package dev.trunkline.router.calls;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.util.Optional;

/**
 * A final decision.
 *
 * @param last the outcome of the webhook that was asked last; empty if none was asked
 */
record Asked(Decision decision, Optional<WebhookResult> last) {

    /** Returns a refusal's sentence, with what the organisation said about it or must know about it. */
    String sentence(Decision.Refuse refuse) {
        String sentence = refuse.sentence();
        return switch (last.orElse(null)) {
            case Answered(Instruction.Decline(int status, String text), var verb, var id, var millis, var ignored)
                    when refuse.reason() == RefusalReason.DECLINED && !text.isEmpty() -> text;
            case Failed failed when refuse.reason() == RefusalReason.WEBHOOK_FAILED
                    && failed.ignored().stream().anyMatch(WebhookResult.Ignored::dial) -> sentence + " " + failed.why();
            case null, default -> sentence;
        };
    }
}
