/**
 * What runs a suite elsewhere than on a developer's machine, held to the code: the chart, compose.yaml, the units of systemd, the images,
 * dashboards and alerts. Nothing here runs a service but what an image is tried by.
 */
package dev.trunkline.checks;
