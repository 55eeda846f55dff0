/**
 * Plots as SVG, for a page that needs nothing else. They are our own, because the charting libraries for Java draw with AWT in
 * fixed colours and sizes: these take theirs from the page's style sheet, so that one plot is right in the dark, in the light and
 * on a phone.
 */
package dev.trunkline.bench.plot;
