/** Calls that people answer in the browser: which wait, who has which, and how they enter its room. */
package dev.trunkline.console.desk;
