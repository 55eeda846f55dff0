/**
 * Which trunk an outbound call takes, what is dialled there, which number is shown, and which destinations are
 * forbidden. Pure.
 */
package dev.trunkline.router.dialling;
