/** Starts and stops the console, wires its parts from its settings, and reports its health. */
package dev.trunkline.console.service;
