/** The SIP messages of calls for whoever looks for why one went as it did: masked, and said beside the calls, never on their way. */
package dev.trunkline.edge.ladder;
