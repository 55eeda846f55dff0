/** The results of the benchmark as values: figures, distributions, the ladder of calls, and the comparison of two reports. No I/O. */
package dev.trunkline.bench.report;
