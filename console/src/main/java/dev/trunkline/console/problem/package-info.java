/** Errors of the API, each with what to do about it (RFC 9457). */
package dev.trunkline.console.problem;
