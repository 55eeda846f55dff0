/** Asks a tenant's webhook over HTTP: addresses checked, tries, time-outs, circuit breakers. */
package dev.trunkline.router.webhook.http;
