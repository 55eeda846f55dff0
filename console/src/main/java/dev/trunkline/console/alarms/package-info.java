/** What somebody should look at. */
package dev.trunkline.console.alarms;
