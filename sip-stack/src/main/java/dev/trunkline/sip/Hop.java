package dev.trunkline.sip;

import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transport.Target;

/** One way to a destination. */
record Hop(SipTransportKind transport, Target target) {}
