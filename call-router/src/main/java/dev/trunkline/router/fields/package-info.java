/** Reads fields of JSON, and reports an error for each that is wrong. */
package dev.trunkline.router.fields;
