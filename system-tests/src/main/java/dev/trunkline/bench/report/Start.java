package dev.trunkline.bench.report;

/**
 * How long a part of the suite took to start.
 *
 * @param begun seconds after the suite's start began
 * @param ready seconds after the same moment
 * @param cpu seconds of processor time that it had used by then; 0 if unknown
 */
public record Start(String part, double begun, double ready, double cpu) {}
