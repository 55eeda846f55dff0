/** Starts and stops the service, wires its parts by its settings, and says how it is. */
package dev.trunkline.sipapi.service;
