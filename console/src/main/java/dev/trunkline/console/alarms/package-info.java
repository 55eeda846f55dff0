/** Conditions that somebody should look at. */
package dev.trunkline.console.alarms;
