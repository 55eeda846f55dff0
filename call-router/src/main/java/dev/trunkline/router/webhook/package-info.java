/** What a tenant's webhook is asked and what its answer means, without any I/O. */
package dev.trunkline.router.webhook;
