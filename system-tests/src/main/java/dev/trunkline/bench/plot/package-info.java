/**
 * Plots as SVG, for a self-contained page. They are our own, because the charting libraries for Java draw with AWT in
 * fixed colours and sizes. These plots take colours and sizes from the page's style sheet, so one plot suits dark and light
 * pages and a phone.
 */
package dev.trunkline.bench.plot;
