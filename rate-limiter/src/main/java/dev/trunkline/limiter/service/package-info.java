/** Starts and stops the limiter, wires its parts by its settings, and says how it is. */
package dev.trunkline.limiter.service;
