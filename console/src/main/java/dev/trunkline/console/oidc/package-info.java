/** Signing in by OpenID Connect: who somebody is, and what they may, says an identity provider. */
package dev.trunkline.console.oidc;
