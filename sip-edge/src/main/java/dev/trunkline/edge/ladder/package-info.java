/** The SIP messages of calls, for finding out why a call went as it did: masked, and published beside the calls, never delaying them. */
package dev.trunkline.edge.ladder;
