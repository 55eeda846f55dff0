/** Every metric of the limiter. */
package dev.trunkline.limiter.metrics;
