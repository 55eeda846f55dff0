/** Figures over many calls, from counts that are kept alongside them. */
package dev.trunkline.console.analytics;
