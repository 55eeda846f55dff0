/** Renders a report as one self-contained HTML page: dark and light, for a screen and a phone. */
package dev.trunkline.bench.page;
