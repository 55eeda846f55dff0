/** Starts and stops the limiter, wires its parts from its settings, and reports its health. */
package dev.trunkline.limiter.service;
