/**
 * Calls out: asked for by REST or because a caller is handed over, decided, and announced by the leg's first event.
 */
package dev.trunkline.router.legs;
