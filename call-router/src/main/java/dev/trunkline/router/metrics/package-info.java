/** Every metric of the router. */
package dev.trunkline.router.metrics;
