/** Outbound trunks as they are configured, read and written by one class each. Pure. */
package dev.trunkline.router.outbound;
