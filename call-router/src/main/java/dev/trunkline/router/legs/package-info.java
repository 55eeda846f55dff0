/**
 * Outbound calls: requested by REST or by a transfer, decided, and announced by the leg's first event.
 */
package dev.trunkline.router.legs;
