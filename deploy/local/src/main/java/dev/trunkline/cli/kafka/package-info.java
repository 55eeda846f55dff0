/** Lets commands read a topic from a point in time. */
package dev.trunkline.cli.kafka;
