/** Reads fields of JSON with an error for each that is wrong. */
package dev.trunkline.router.fields;
