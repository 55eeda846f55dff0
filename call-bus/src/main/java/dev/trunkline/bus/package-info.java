/**
 * How services publish and consume on Kafka, and the code they share to contain a fault that a
 * single call causes.
 */
package dev.trunkline.bus;
