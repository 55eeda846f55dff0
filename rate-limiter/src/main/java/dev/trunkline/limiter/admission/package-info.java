/**
 * What admission means: which call applies, what is counted, and what is published about it. No
 * I/O.
 */
package dev.trunkline.limiter.admission;
