/** Starts and stops the router, wires its parts by its settings, and says how it is. */
package dev.trunkline.router.service;
