/** Figures of many calls, from counts that are kept with them. */
package dev.trunkline.console.analytics;
