/**
 * Compares everything that runs a suite outside a developer's machine with the code: the chart, compose.yaml, the systemd units, the
 * images, dashboards and alerts. Nothing here runs a service, except the test of an image.
 */
package dev.trunkline.checks;
