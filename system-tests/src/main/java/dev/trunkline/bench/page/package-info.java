/** A report as one HTML page that needs nothing else: dark and light, on a screen and on a phone. */
package dev.trunkline.bench.page;
