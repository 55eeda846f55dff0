/** How commands read a topic from a point in time on. */
package dev.trunkline.cli.kafka;
