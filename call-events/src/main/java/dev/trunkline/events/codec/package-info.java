/** Events as Kafka records: CloudEvents 1.0 in binary mode, JSON. */
package dev.trunkline.events.codec;
