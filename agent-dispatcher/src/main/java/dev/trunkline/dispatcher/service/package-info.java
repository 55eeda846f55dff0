/** Starts and stops the dispatcher, wires its parts by its settings, and says how it is. */
package dev.trunkline.dispatcher.service;
