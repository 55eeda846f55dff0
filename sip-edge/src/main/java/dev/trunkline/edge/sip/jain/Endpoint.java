package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.Listener;
import javax.sip.SipProvider;

/** A listener that is open. */
record Endpoint(Listener listener, SipProvider provider, Composer composer) {}
