package dev.trunkline.console.demo;

/**
 * A number of the demo, as in {@code deploy/demo/demo.yaml}.
 *
 * @param rule by name
 * @param atOnce its limit of concurrent calls
 * @param share of the calls that go to it
 */
record DemoNumber(String number, String rule, int atOnce, int share) {}
