package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.InviteReceived;

/**
 * What is known of a call from its INVITE on.
 *
 * @param dialog as our first response with a tag makes it
 * @param timer what the INVITE says of session timers
 */
public record CallFacts(InviteReceived invite, Dialog dialog, TimerHeaders timer) {}
