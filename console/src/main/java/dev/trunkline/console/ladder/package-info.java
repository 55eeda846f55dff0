/** The SIP messages of calls, as edges masked and said them: kept for a while, shown as a ladder, saved as text or as a capture. */
package dev.trunkline.console.ladder;
