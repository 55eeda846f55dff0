/** Every metric of the dispatcher. */
package dev.trunkline.dispatcher.metrics;
