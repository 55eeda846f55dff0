package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.InviteReceived;

/**
 * What is known of a call from its INVITE on.
 *
 * @param dialog as our first response with a tag makes it
 */
public record CallFacts(InviteReceived invite, Dialog dialog) {}
