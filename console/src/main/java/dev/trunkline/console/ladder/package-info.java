/** The SIP messages of calls, as masked and published by the edges: kept for a while, shown as a ladder, saved as text or as a capture. */
package dev.trunkline.console.ladder;
