/** Reads text that the network sent: one pass, no recursion, no regular expression, and every count has a limit. Pure. */
package dev.trunkline.edge.text;
