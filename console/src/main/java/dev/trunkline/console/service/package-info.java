/** Starts and stops the console, wires its parts by its settings, and says how it is. */
package dev.trunkline.console.service;
