/**
 * Which trunk a call out goes by, what is dialled there and as whom, and where it may not go. Pure.
 */
package dev.trunkline.router.dialling;
