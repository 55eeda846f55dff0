/** Asks a tenant's webhook over HTTP: checked addresses, tries, timeouts, circuit breakers. */
package dev.trunkline.router.webhook.http;
