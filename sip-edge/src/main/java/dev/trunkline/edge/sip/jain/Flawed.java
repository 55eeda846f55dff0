package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.wire.Flaw;
import dev.trunkline.edge.sip.wire.WireMessage;

/** Hangs on the stand-in of a request that must be refused before the stack makes a transaction of it. */
record Flawed(WireMessage request, Flaw flaw) {}
