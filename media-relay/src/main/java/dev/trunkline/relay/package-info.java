/** The media relay as a process: settings, metrics, health, start and end. */
package dev.trunkline.relay;
