/** Trunks that calls go out by: what is written of one, read and written by one class each. Pure. */
package dev.trunkline.router.outbound;
