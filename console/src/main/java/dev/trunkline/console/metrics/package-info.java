/** Every metric. */
package dev.trunkline.console.metrics;
