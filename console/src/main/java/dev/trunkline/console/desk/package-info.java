/** Calls that people answer in the browser: which ones wait, who has which, and how a person enters its room. */
package dev.trunkline.console.desk;
