/** Signing in by OpenID Connect: an identity provider says who a person is and what they may do. */
package dev.trunkline.console.oidc;
