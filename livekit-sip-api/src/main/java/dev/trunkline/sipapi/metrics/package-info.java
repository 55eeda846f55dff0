/** Every metric. */
package dev.trunkline.sipapi.metrics;
