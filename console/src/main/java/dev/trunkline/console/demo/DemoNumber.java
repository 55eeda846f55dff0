package dev.trunkline.console.demo;

/**
 * A number of the demo, as {@code deploy/demo/demo.yaml} has it.
 *
 * @param rule by name
 * @param atOnce calls that it may have at once
 * @param share of the calls that go to it
 */
record DemoNumber(String number, String rule, int atOnce, int share) {}
