/** What admission means: who asks, what is counted, and what is said about it. No I/O. */
package dev.trunkline.limiter.admission;
