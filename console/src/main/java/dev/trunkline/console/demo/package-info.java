/** Invented history for the demo's organisation, marked as such, and its end. */
package dev.trunkline.console.demo;
