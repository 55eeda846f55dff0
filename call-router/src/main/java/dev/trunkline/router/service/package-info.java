/** Starts and stops the router, wires its parts by its settings, and reports its health. */
package dev.trunkline.router.service;
