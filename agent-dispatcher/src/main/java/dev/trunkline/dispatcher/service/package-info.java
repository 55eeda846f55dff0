/** Starts and stops the dispatcher, wires its parts from its settings, and reports its health. */
package dev.trunkline.dispatcher.service;
