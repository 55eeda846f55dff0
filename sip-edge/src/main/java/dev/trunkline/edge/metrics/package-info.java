/** Every metric of the edge. */
package dev.trunkline.edge.metrics;
