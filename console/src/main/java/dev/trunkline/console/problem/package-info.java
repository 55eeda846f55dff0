/** Errors of the API, each with advice on what to do (RFC 9457). */
package dev.trunkline.console.problem;
