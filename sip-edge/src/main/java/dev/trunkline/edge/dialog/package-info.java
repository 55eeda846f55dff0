/** Dialogs (RFC 3261 section 12) as records, which travel sealed in {@code call.answered}. */
package dev.trunkline.edge.dialog;
