/** What the benchmark found, as values: figures, distributions, the ladder of calls, and how two reports compare. No I/O. */
package dev.trunkline.bench.report;
