/** Starts and stops the service, wires its parts according to its settings, and reports its health. */
package dev.trunkline.sipapi.service;
