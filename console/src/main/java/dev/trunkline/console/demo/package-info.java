/** Invented history for the demo's organisation, marked as such, and its removal. */
package dev.trunkline.console.demo;
