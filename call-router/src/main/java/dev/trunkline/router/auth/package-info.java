/** Who uses the API and what they may see: tokens of an OpenID provider or of the built-in issuer. */
package dev.trunkline.router.auth;
